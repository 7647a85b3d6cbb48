package dovetail.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dovetail.counter.HeldMessage;
import dovetail.counter.Suspension;
import dovetail.serve.Site;
import dovetail.serve.Stores;
import dovetail.store.sql.Store;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code dovetail limit} of accounts that are suspended, on an embedded database. */
final class LimitSuspendedTest {
  private static final String RULE =
      """
      [[policy.rule]]
      type = "limit"
      name = "out"
      key = "sasl_username"
      limit = "100/1h"
      """;

  @TempDir Path folder = Path.of(".");
  private Site site = new Site(Path.of("."), 0, 0);

  @BeforeEach
  void begin() throws IOException {
    site = Site.in(folder);
    write(RULE);
  }

  private void write(String rules) throws IOException {
    Files.writeString(
        folder.resolve("conf.d").resolve("store.toml"),
        """
        database.url = "jdbc:sqlite:%s"
        database.key_file = "%s"
        lookup.enabled = false
        %s
        """
            .formatted(folder.resolve("dovetail.db"), folder.resolve("secret.key"), rules));
  }

  private Run run(String... words) {
    List<Object> all = new ArrayList<>(List.of(words));
    all.addAll(List.of("--config", site.config()));
    return Run.of(all.toArray());
  }

  private void good(String... words) {
    assertThat(run(words)).isEqualTo(new Run(0, "", ""));
  }

  private void suspended(Suspension... all) throws Exception {
    try (Store store = Stores.open(site.load())) {
      store.migrate();
      for (Suspension one : all) {
        assertThat(store.suspensions().add(one, "tester")).isTrue();
      }
      Instant now = Instant.now();
      for (String host : List.of("mx.example.com", "other.example.com")) {
        for (String id : List.of("4A", "4B")) {
          store.suspensions().held(new HeldMessage(host, id, "ann@example.com", now));
        }
      }
      store.suspensions().held(new HeldMessage("other.example.com", "4C", "ann@example.com", now));
    }
  }

  @Test
  void listsWhoIsSuspended() throws Exception {
    good("limit", "suspended");
    assertThat(run("limit", "suspended", "--json")).isEqualTo(new Run(0, "[]\n", ""));
    Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    Instant until = now.plusSeconds(3600);
    suspended(
        new Suspension("bob\u001b@example.com", now, until, "moonlight", "shone"),
        new Suspension("ann@example.com", now, until, "domains", "51 domains"),
        new Suspension("Zoe", now, until, "refused", "40 refused"),
        new Suspension("gone@example.com", now.minusSeconds(60), now.minusSeconds(1), "x", "y"));
    String times = "  since " + now + "  until " + until + "  ";
    assertThat(run("limit", "suspended"))
        .isEqualTo(
            new Run(
                0,
                "Zoe"
                    + times
                    + "refused  0 held  40 refused\n"
                    + "ann@example.com"
                    + times
                    + "domains  2 held  51 domains\n"
                    + "bob\\u{1b}@example.com"
                    + times
                    + "moonlight  0 held  shone\n",
                ""));
    assertThat(run("limit", "suspended", "--json").out())
        .startsWith(
            "[{\"account\":\"Zoe\",\"suspended\":true,\"since\":\""
                + now
                + "\",\"until\":\""
                + until
                + "\"")
        .contains("\"cause\":\"domains\",\"detail\":\"51 domains\",\"held\":2}")
        .endsWith("}]\n");
    assertThat(run("limit", "release", "ann@example.com").out()).isEqualTo("4A\n4B\n");
    assertThat(run("limit", "suspended").out()).doesNotContain("ann@example.com");
  }

  @Test
  void messagesThatWaitAreNotForgottenWhenTheirSuspensionEnds() throws Exception {
    Instant now = Instant.now();
    suspended(new Suspension("ann@example.com", now, now.plusSeconds(3600), "domains", "x"));
    good("limit", "reset", "ann@example.com");
    assertThat(run("limit", "suspended").out())
        .isEqualTo("ann@example.com  not suspended any more  2 held\n");
    assertThat(run("limit", "suspended", "--json").out())
        .isEqualTo("[{\"account\":\"ann@example.com\",\"suspended\":false,\"held\":2}]\n");
    // One that a service holds, since it does not know yet.
    Thread late =
        Thread.startVirtualThread(() -> {
          try (Store store = Stores.open(site.load())) {
            TimeUnit.SECONDS.sleep(1);
            HeldMessage last =
                new HeldMessage("mx.example.com", "4D", "ann@example.com", now.plusSeconds(1));
            store.suspensions().held(last);
          } catch (Exception e) {
            throw new IllegalStateException(e);
          }
        });
    assertThat(run("limit", "release", "Ann@example.com"))
        .isEqualTo(new Run(0, "4A\n4B\n4D\n", ""));
    late.join();
    assertThat(run("limit", "release", "ann@example.com"))
        .isEqualTo(new Run(1, "", "dovetail: ann@example.com was not suspended\n"));
  }

  @Test
  void whatCouldNotBePrintedIsKept() throws Exception {
    Instant now = Instant.now();
    suspended(new Suspension("ann@example.com", now, now.plusSeconds(3600), "domains", "x"));
    PrintWriter broken = new PrintWriter(Writer.nullWriter());
    broken.close(); // as a pipe nobody reads
    assertThat(
            DovetailCommand.commandLine(
                    InputStream.nullInputStream(), OutputStream.nullOutputStream())
                .setOut(broken)
                .setErr(new PrintWriter(Writer.nullWriter()))
                .execute(
                    "limit", "release", "ann@example.com", "--config", site.config().toString()))
        .isEqualTo(Exit.TEMPORARY.status());
    assertThat(run("limit", "suspended").out()).contains("2 held");
  }

  /** What the mail to the administrator names works where there is only a rule of type breaker. */
  @Test
  void showsAndRemovesWithoutARuleThatCounts() throws Exception {
    write("");
    assertThat(run("limit", "show", "ann@example.com").out().lines())
        .containsExactly("ann@example.com: no rule counts by login");
    good("limit", "set", "--bulk", "Ann@example.com");
    Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    Instant until = now.plusSeconds(3600);
    suspended(new Suspension("ann@example.com", now, until, "refused", "40 refused"));
    assertThat(run("limit", "show", "Ann@example.com").out().lines())
        .containsExactly(
            "ann@example.com, bulk sender: no rule counts by login",
            "  suspended until " + until + ": 40 refused");
    assertThat(run("limit", "show", "ann@example.com", "--json").out())
        .isEqualTo(
            "{\"subject\":\"ann@example.com\",\"bulk\":true,\"suspension\":{\"since\":\""
                + now
                + "\",\"until\":\""
                + until
                + "\",\"cause\":\"refused\",\"detail\":\"40 refused\"},\"rules\":[]}\n");
    good("limit", "remove", "ann@example.com");
    assertThat(run("limit", "list").out()).isEmpty();
    assertThat(run("limit", "remove", "ann@example.com").status()).isEqualTo(1);
    assertThat(run("limit", "show", "ann@example.com", "--rule", "gone").err())
        .contains("no rule of type limit is called \"gone\"");
    write(RULE);
    assertThat(run("limit", "show", "ann@example.com", "--json").out())
        .startsWith("{\"subject\":\"ann@example.com\",\"bulk\":false,\"suspension\":{")
        .contains("},\"rules\":[{\"subject\":\"ann@example.com\",\"rule\":\"out\"");
  }

  /**
   * The daemon takes a dot at the end and spaces around a login for nothing, and so do commands.
   */
  @Test
  void aLoginIsSpelledAsTheDaemonSpellsIt() throws Exception {
    Instant now = Instant.now();
    suspended(new Suspension("ann@example.com", now, now.plusSeconds(3600), "domains", "x"));
    assertThat(run("limit", "release", " Ann@Example.com. ").out()).isEqualTo("4A\n4B\n");
  }

  @Test
  void resetEndsASuspensionThoughNoRuleCounts() throws Exception {
    write("");
    Instant now = Instant.now();
    suspended(new Suspension("ann@example.com", now, now.plusSeconds(60), "domains", "x"));
    good("limit", "reset", "ann@example.com");
    assertThat(run("limit", "suspended").out()).contains("ann@example.com  not suspended any more");
    Run again = run("limit", "reset", "ann@example.com");
    assertThat(again.status()).isEqualTo(2);
    assertThat(again.err()).contains("no rule of type limit counts by login");
  }
}
