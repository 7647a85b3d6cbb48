package dovetail.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dovetail.directory.edit.UnavailableException;
import dovetail.ledger.Batch;
import dovetail.ledger.DomainDay;
import dovetail.ledger.Entry;
import dovetail.mail.Domain;
import dovetail.serve.Configuration;
import dovetail.serve.Stores;
import dovetail.store.sql.Store;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code dovetail report dmarc} with what is kept in the database. */
final class ReportStoreTest {
  @TempDir Path folder;

  private Path config = Path.of("/nowhere");

  @BeforeEach
  void configure() throws IOException {
    config = configured("email = \"reports@here.example\"");
  }

  private Path configured(String reports) throws IOException {
    return Files.writeString(
        folder.resolve("dovetail.toml"),
        """
        [server]
        hostname = "mx.here.example"
        relay = "127.0.0.1:1"
        [dns]
        servers = ["127.0.0.1:1"]
        timeout = "100ms"
        [database]
        url = "jdbc:sqlite:%s/dovetail.db"
        key_file = "%1$s/secret.key"
        [milter.dmarc.reports]
        %s
        """
            .formatted(folder, reports));
  }

  private Run run(String input, Object... words) {
    Object[] all = new Object[words.length + 4];
    all[0] = "report";
    all[1] = "dmarc";
    System.arraycopy(words, 0, all, 2, words.length);
    all[words.length + 2] = "--config";
    all[words.length + 3] = config;
    return Run.withInput(input, all);
  }

  private static String report(String id, Instant end) {
    return """
    <feedback><report_metadata><org_name>r.example</org_name><report_id>%s</report_id>
    <date_range><begin>%d</begin><end>%d</end></date_range></report_metadata>
    <policy_published><domain>b\u00fccher.example</domain><p>reject</p></policy_published>
    <record><row><source_ip>192.0.2.1</source_ip><count>5</count><policy_evaluated>
    <disposition>none</disposition><dkim>pass</dkim><spf>fail</spf></policy_evaluated></row>
    <identifiers><header_from>xn--bcher-kva.example</header_from></identifiers><auth_results>
    <spf><domain>x.example</domain><result>fail</result></spf></auth_results></record>
    </feedback>
    """
        .formatted(id, end.getEpochSecond() - 86_399, end.getEpochSecond());
  }

  private static Instant now() {
    return Instant.now().truncatedTo(ChronoUnit.SECONDS);
  }

  @Test
  void keepsReportsOfOthersOnceAndShowsThem() {
    String report = report("7", now());
    assertThat(run(report, "import", "-").out()).isEqualTo("1 imported, 0 known already\n");
    assertThat(run(report, "import", "-").out()).isEqualTo("0 imported, 1 known already\n");
    Run shown = run("", "show");
    assertThat(shown.err()).isEmpty();
    assertThat(shown.out()).startsWith("xn--bcher-kva.example\n").contains("192.0.2.1");
    assertThat(run("", "show", "--domain", "b\u00fccher.example").out()).isEqualTo(shown.out());
    Run other = run("", "show", "--domain", "other.example");
    assertThat(other.status()).isZero();
    assertThat(other.err()).isEqualTo("dovetail: there are no reports of that kind\n");
    assertThat(run("", "list").out().lines().map(line -> line.replaceAll(" +", " ")))
        .hasSize(2)
        .element(1)
        .asString()
        .endsWith(" 5 r.example 7");
    assertThat(run("", "list", "--json").out())
        .contains("\"made\":[]", "\"organization\":\"r.example\"", "\"messages\":5");
  }

  @Test
  void showsTheDaysThatAreAskedFor() {
    assertThat(run(report("7", now().minusSeconds(3 * 86_400)), "import", "-").status()).isZero();
    assertThat(run("", "show", "--days", "2").out()).isEmpty();
    assertThat(run("", "show", "--days", "4").out()).isNotEmpty();
    assertThat(run("", "list", "--days", "2").out()).isEmpty();
    assertThat(run("", "show", "--days", "0").status()).isEqualTo(2);
    assertThat(run("", "show", "--days", "3", "x.xml").status()).isEqualTo(2);
  }

  @Test
  void importForgetsWhatIsOlderThanKept() {
    assertThat(run(report("7", now().minusSeconds(401 * 86_400L)), "import", "-").status())
        .isZero();
    assertThat(run("", "list", "--days", "1000").out()).isNotEmpty();
    assertThat(run(report("8", now()), "import", "-").status()).isZero();
    assertThat(run("", "list", "--days", "1000").out()).doesNotContain("r.example 7");
  }

  @Test
  void keepsTheOthersIfOneCannotBeRead() {
    Run run = run(report("7", now()), "import", folder.resolve("missing"), "-");
    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err()).contains("no such file");
    assertThat(run.out()).isEqualTo("1 imported, 0 known already\n");
  }

  @Test
  void needsAnAddressToSendFrom() throws IOException {
    assertThat(run("", "send").status()).isZero();
    config = configured("");
    Run run = run("", "send", "--dry-run");
    assertThat(run.status()).isEqualTo(3);
    assertThat(run.err()).contains("milter.dmarc.reports.email");
  }

  @Test
  void postponesWhileTheDnsIsAway() throws Exception {
    DomainDay day =
        DomainDay.of(Domain.parse("a.example").orElseThrow(), now().minusSeconds(86_400));
    add(day);
    for (String[] words : new String[][] {{"send", "--dry-run"}, {"send"}}) {
      Run run = run("", (Object[]) words);
      assertThat(run.status()).isEqualTo(4);
      assertThat(run.out())
          .isEqualTo(day.day() + " a.example: postponed: the DNS does not tell its policy\n");
    }
    assertThat(run("", "show", "--own", "none").status()).isEqualTo(1);
  }

  private void add(DomainDay day) throws UnavailableException, Configuration.UnusableException {
    Configuration configuration =
        Configuration.loadWithoutKeys(Optional.of(config), "mx.here.example");
    try (Store store = Stores.open(configuration)) {
      store.migrate();
      assertThat(store.ledger().add(new Batch("b", List.of(Entry.of(day, "p", "f"))))).isTrue();
    }
  }
}
