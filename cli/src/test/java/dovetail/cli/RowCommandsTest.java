package dovetail.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dovetail.serve.Site;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands that keep domains, mailboxes and the rest, on an embedded database. */
final class RowCommandsTest {
  @TempDir Path folder = Path.of(".");
  private Site site = new Site(Path.of("."), 0, 0);

  @BeforeEach
  void begin() {
    site = Site.in(folder);
  }

  private Run run(String... words) {
    return withInput("", words);
  }

  private Run withInput(String input, String... words) {
    List<Object> all = new ArrayList<>(List.of(words));
    all.add("--config");
    all.add(site.config());
    return Run.withInput(input, all.toArray());
  }

  private void good(String... words) {
    assertThat(run(words)).isEqualTo(new Run(0, "", ""));
  }

  private void sample() {
    good("domain", "add", "Example.COM", "--default-quota", "1G");
    good("domain", "add", "other.example", "--alias-of", "example.com");
    good("mailbox", "add", "Joe@example.com", "--no-password", "--quota", "5G");
    good("mailbox", "add", "ann@example.com", "--no-password", "--send", "no");
    good("alias", "add", "sales@example.com", "joe@example.com", "x@elsewhere.example");
    good("grant", "add", "ann@example.com", "@example.com");
    good("entry", "add", "sender_bcc_maps", "joe@example.com", "a@b.example");
  }

  @Test
  void whatWasAddedIsListedAndShown() {
    sample();
    assertThat(run("domain", "list").out())
        .isEqualTo("example.com  default-quota=1073741824\nother.example  alias-of=example.com\n");
    assertThat(run("mailbox", "list", "example.com").out())
        .isEqualTo("ann@example.com  send=no\njoe@example.com  quota=5368709120\n");
    assertThat(run("alias", "show", "sales@example.com").out())
        .contains("targets: joe@example.com, x@elsewhere.example\n", "type: alias\n");
    assertThat(run("grant", "list").out()).isEqualTo("ann@example.com  @example.com\n");
    assertThat(run("mailbox", "show", "joe@example.com", "--json").out())
        .contains("\"quota\":5368709120", "\"receive\":true", "\"home\":null")
        .doesNotContain("password");
    assertThat(run("audit", "list", "--count", "1").out())
        .contains("add entry sender_bcc_maps joe@example.com  value=a@b.example");
  }

  @Test
  void setChangesWhatIsNamed() {
    sample();
    good("mailbox", "set", "joe@example.com", "--quota", "", "--logins", "imap");
    assertThat(run("mailbox", "list").out()).contains("joe@example.com  logins=imap\n");
    good("alias", "set", "sales@example.com", "ann@example.com", "--type", "list");
    assertThat(run("alias", "list").out())
        .isEqualTo("sales@example.com  targets=ann@example.com  type=list\n");
    good("alias", "set", "sales@example.com", "--active", "no");
    assertThat(run("alias", "list").out()).contains("targets=ann@example.com", "active=no");
  }

  @Test
  void removeTakesOneOrAllOfIt() {
    sample();
    Run refused = run("mailbox", "remove", "joe@example.com");
    assertThat(refused.status()).isEqualTo(1);
    assertThat(refused.err()).contains("target of sales@example.com").contains("--recursive");
    assertThat(run("domain", "remove", "example.com").status()).isEqualTo(1);
    good("mailbox", "remove", "joe@example.com", "--recursive");
    good("domain", "remove", "example.com", "--recursive");
    assertThat(run("mailbox", "list").out() + run("domain", "list").out()).isEmpty();
    assertThat(run("domain", "show", "example.com"))
        .isEqualTo(new Run(1, "", "dovetail: there is no domain example.com\n"));
  }

  @Test
  void passwordsComeFromStandardInputAndAreHashed() {
    good("domain", "add", "example.com");
    Run added =
        withInput(
            "s\u00c3\u00a9cret 1\nrest\n", "mailbox", "add", "joe@example.com", "--password-stdin");
    assertThat(added).isEqualTo(new Run(0, "", ""));
    assertThat(run("mailbox", "show", "joe@example.com").out()).contains("password: (set)\n");
    String dump = run("mailbox", "dump", "--with-passwords").out();
    assertThat(dump).contains("{ARGON2ID}$argon2id$v=19$m=19456,t=2,p=1$").doesNotContain("cret");
    assertThat(run("mailbox", "dump").out()).doesNotContain("ARGON2ID").doesNotContain("password");
    assertThat(withInput("\n", "mailbox", "add", "a@example.com", "--password-stdin").err())
        .isEqualTo("dovetail: the password is empty\n");
    assertThat(withInput("s\u00e9cret\n", "mailbox", "add", "a@example.com", "--password-stdin"))
        .isEqualTo(new Run(1, "", "dovetail: the password is not in UTF-8\n"));
    assertThat(run("mailbox", "add", "a@example.com").err()).contains("use --password-stdin");
    good("mailbox", "set", "joe@example.com", "--no-password");
    assertThat(run("mailbox", "show", "joe@example.com").out()).contains("password: \n");
  }

  @Test
  void passwordsHaveKeysForScramWhereThatIsOffered() throws IOException {
    good("domain", "add", "example.com");
    Files.writeString(
        site.config(),
        "\n[auth]\nmechanisms = [\"PLAIN\", \"SCRAM-SHA-256\"]\n",
        StandardOpenOption.APPEND);
    withInput("secret 1\n", "mailbox", "add", "joe@example.com", "--password-stdin");
    withInput("secret 2\n", "app-password", "add", "joe@example.com", "x", "--password-stdin");
    assertThat(run("mailbox", "dump", "--with-passwords").out())
        .containsPattern("\\{ARGON2ID}\\S+ \\{SCRAM-SHA-256}4096,")
        .doesNotContain("secret");
    assertThat(run("app-password", "dump", "--with-passwords").out())
        .contains("{ARGON2ID}")
        .doesNotContain("SCRAM");
    assertThat(run("mailbox", "show", "joe@example.com").out()).contains("password: (set)\n");
    String dump = run("mailbox", "dump", "--with-passwords").out();
    Path file = folder.resolve("mailboxes.csv");
    Files.writeString(file, dump);
    good("mailbox", "remove", "joe@example.com", "--recursive");
    assertThat(run("mailbox", "load", file.toString()).err()).isEmpty();
    assertThat(run("mailbox", "dump", "--with-passwords").out()).isEqualTo(dump);
    String most = "\u00c3\u00a9".repeat(512); // an octet for each character
    assertThat(withInput(most + "\n", "mailbox", "set", "joe@example.com", "--password-stdin"))
        .isEqualTo(new Run(0, "", ""));
    assertThat(
            withInput(most + "x\n", "mailbox", "set", "joe@example.com", "--password-stdin").err())
        .isEqualTo("dovetail: the password is longer than 1024 octets\n");
  }

  @Test
  void relayPasswordsAreKeptAndNotShown() {
    Run added =
        withInput(
            "hunter2\n", "relay", "add", "*", "[h]:587", "--username", "u", "--password-stdin");
    assertThat(added).isEqualTo(new Run(0, "", ""));
    assertThat(run("relay", "list").out())
        .isEqualTo("*  nexthop=[h]:587  username=u  password=(set)\n");
    assertThat(run("relay", "dump", "--with-passwords", "--format", "jsonl").out())
        .contains("\"password\":\"hunter2\"");
  }

  @Test
  void aDumpLoadsAgain() throws IOException {
    sample();
    for (String format : List.of("csv", "jsonl")) {
      for (String kind : List.of("domain", "mailbox", "alias", "grant", "entry")) {
        Path file = folder.resolve(kind + "." + format);
        Files.writeString(file, run(kind, "dump", "--format", format).out());
      }
      good("domain", "remove", "example.com", "--recursive");
      good("entry", "remove", "sender_bcc_maps", "joe@example.com");
      for (String kind : List.of("domain", "mailbox", "alias", "grant", "entry")) {
        String file = folder.resolve(kind + "." + format).toString();
        assertThat(run(kind, "load", file, "--format", format).err()).isEmpty();
        assertThat(run(kind, "dump", "--format", format).out())
            .isEqualTo(Files.readString(Path.of(file)));
      }
    }
  }

  private void refused(String rows, String format, String why) throws IOException {
    Path file = folder.resolve("rows");
    Files.writeString(file, rows);
    Run run = run("mailbox", "load", file.toString(), "--format", format);
    assertThat(run.status()).as(rows).isEqualTo(1);
    assertThat(run.err()).as(rows).contains(file + ", " + why).contains("nothing was changed");
    assertThat(run("mailbox", "list").out()).isEmpty();
  }

  @Test
  void theFirstBadRowEndsALoadAndIsNamed() throws IOException {
    good("domain", "add", "example.com");
    refused(
        "address\na@example.com\na@example.com\n",
        "csv",
        "line 3: mailbox a@example.com: it exists");
    refused(
        "address,quota\na@example.com,1G\nb@example.com,x\n",
        "csv",
        "line 3: quota: expected a size");
    refused("address,quota\na@example.com,1G\nb@example.com\n", "csv", "line 3: 1 values");
    refused("address,qouta\na@example.com,1G\n", "csv", "line 2: no field is called \"qouta\"");
    refused(
        "address\na@example.com\nb@nowhere.example\n",
        "csv",
        "line 3: mailbox b@nowhere.example: there is no domain");
    refused("address\n\"a@example.com\nb", "csv", "line ");
    refused("{\"address\":\"a@example.com\"}\n{\"address\":", "jsonl", "line 2: ");
    refused("{\"address\":\"a@example.com\"}\n[]\n", "jsonl", "line 2: expected a JSON object");
    refused("{\"address\":\"a@example.com\",\"address\":\"b@example.com\"}\n", "jsonl", "line 1: ");
    refused("{\"address\":\"a@example.com\",\"quota\":1.5}\n", "jsonl", "line 1: quota: expected");
    refused("{\"address\":\"a@example.com\"} x\n", "jsonl", "line 1: ");
    Run missing = run("mailbox", "load", folder.resolve("nothing").toString());
    assertThat(missing.status()).isEqualTo(1);
    assertThat(missing.err()).contains("cannot read");
  }

  @Test
  void anUpdateSetsNamedFieldsOnly() {
    sample();
    Run run =
        withInput(
            "address,quota\njoe@example.com,2G\nnew@example.com,\n",
            "mailbox",
            "load",
            "-",
            "--update");
    assertThat(run).isEqualTo(new Run(0, "2 rows\n", ""));
    assertThat(run("mailbox", "list").out())
        .contains(
            "joe@example.com  quota=2147483648\n",
            "new@example.com\n",
            "ann@example.com  send=no\n");
  }

  @Test
  void explainShowsEachStep() {
    sample();
    Run run = run("explain", "alias", "sales@other.example");
    assertThat(run.status()).isZero();
    assertThat(run.out())
        .contains(
            "virtual_alias_maps sales@other.example -> joe@example.com", "virtual_mailbox_maps");
    assertThat(run("explain", "alias", "nobody@example.com").status()).isEqualTo(1);
    assertThat(run("explain", "alias", "nobody@example.com", "--json").out())
        .startsWith("{\"address\":");
  }

  @Test
  void theEmbeddedDatabaseLooksAfterItself() {
    assertThat(run("database", "migrate").out()).endsWith(" steps made\n");
    assertThat(run("database", "migrate").out()).isEqualTo("nothing to do\n");
    assertThat(run("database", "status"))
        .isEqualTo(new Run(0, "the database answers and has all tables\n", ""));
    assertThat(run("database", "status", "--json").out())
        .isEqualTo("{\"good\":true,\"missing_steps\":0}\n");
  }

  @Test
  void aDatabaseThatIsAwayIsATemporaryTrouble() {
    site.store(folder.resolve("no").resolve("such.db"), "");
    for (String words :
        List.of("domain list", "database status", "database migrate", "audit list")) {
      Run run = run(words.split(" ", -1));
      assertThat(run.status()).as(words).isEqualTo(4);
      assertThat(run.out()).isEmpty();
      assertThat(run.err()).startsWith("dovetail: the database: ");
    }
  }
}
