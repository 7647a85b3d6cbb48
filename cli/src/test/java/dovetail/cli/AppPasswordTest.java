package dovetail.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dovetail.serve.Site;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands for app passwords, networks and one-time passwords, on an embedded database. */
final class AppPasswordTest {
  @TempDir Path folder = Path.of(".");
  private Site site = new Site(Path.of("."), 0, 0);

  @BeforeEach
  void begin() {
    site = Site.in(folder);
    good("domain", "add", "example.com");
    good("mailbox", "add", "joe@example.com", "--no-password");
    good("mailbox", "add", "ann@example.com", "--no-password");
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

  @Test
  void onePasswordIsMadeAndShownOnce() {
    Run first = run("app-password", "add", "Joe@example.com", "my phone");
    Run second =
        run(
            "app-password",
            "add",
            "joe@example.com",
            "laptop",
            "--services",
            "imap,smtp",
            "--expires",
            "2027-01-31",
            "--networks",
            "192.0.2.0/24 2001:db8::/32");
    String form = "[a-z2-9]{5}(-[a-z2-9]{5}){3}\n";
    assertThat(first.out()).matches(form).doesNotMatch(".*[ilo].*\n").isNotEqualTo(second.out());
    assertThat(second.out()).matches(form);
    assertThat(first.status() + second.status()).isZero();
    assertThat(run("app-password", "list").out())
        .isEqualTo(
            "joe@example.com  laptop  services=smtp imap  expires=2027-02-01T00:00:00Z"
                + "  networks=192.0.2.0/24 2001:db8:0:0:0:0:0:0/32  password=(set)\n"
                + "joe@example.com  my phone  password=(set)\n");
    Run hidden = run("app-password", "dump");
    assertThat(hidden.out())
        .contains("address,label,services,expires,networks")
        .doesNotContain("SSHA512", "password", "used");
    assertThat(run("app-password", "dump", "--with-passwords").out())
        .contains("{SSHA512}")
        .doesNotContain(first.out().strip());
    assertThat(run("app-password", "show", "joe@example.com", "laptop", "--json").out())
        .contains("\"services\":\"smtp imap\"", "\"used\":null")
        .doesNotContain("password");
    assertThat(run("audit", "list").out())
        .contains("add app-password joe@example.com my phone  password=(changed)")
        .doesNotContain("SSHA512");
  }

  @Test
  void oneMayBeReadInstead() {
    Run added =
        withInput(
            "hunter2 hunter2\n", "app-password", "add", "joe@example.com", "x", "--password-stdin");
    assertThat(added).isEqualTo(new Run(0, "", ""));
    assertThat(withInput("\n", "app-password", "add", "joe@example.com", "y", "--password-stdin"))
        .isEqualTo(new Run(1, "", "dovetail: the password is empty\n"));
    assertThat(run("app-password", "list", "joe@example.com").out()).contains("  x  ");
  }

  /** What was not stored is not shown either. */
  @Test
  void whatIsRefusedShowsNothing() {
    assertThat(run("app-password", "add", "nobody@example.com", "x"))
        .isEqualTo(
            new Run(
                1,
                "",
                "dovetail: app-password nobody@example.com x: there is no mailbox"
                    + " nobody@example.com\n"));
    assertThat(run("app-password", "add", "joe@example.com", "x", "--expires", "soon").status())
        .isEqualTo(2);
    assertThat(run("app-password", "add", "joe@example.com", "x", "--services", "ftp").err())
        .contains("services: expected some of smtp, imap");
    assertThat(run("app-password", "list")).isEqualTo(new Run(0, "", ""));
  }

  @Test
  void areListedByMailboxOrDomainChangedAndRemoved() {
    run("app-password", "add", "joe@example.com", "x");
    run("app-password", "add", "ann@example.com", "x");
    good("app-password", "set", "joe@example.com", "x", "--services", "pop3", "--expires", "");
    String joe = "joe@example.com  x  services=pop3  password=(set)\n";
    assertThat(run("app-password", "list", "JOE@example.com").out()).isEqualTo(joe);
    assertThat(run("app-password", "list", "example.com").out())
        .isEqualTo("ann@example.com  x  password=(set)\n" + joe);
    assertThat(run("app-password", "dump", "joe@example.com").out().lines()).hasSize(2);
    assertThat(run("app-password", "list", "other.example").out()).isEmpty();
    assertThat(run("app-password", "list", "two words").status()).isEqualTo(2);
    good("app-password", "remove", "joe@example.com", "x");
    assertThat(run("app-password", "remove", "joe@example.com", "x").status()).isEqualTo(1);
    assertThat(run("app-password", "list").out()).isEqualTo("ann@example.com  x  password=(set)\n");
  }

  @Test
  void aDumpWithPasswordsLoadsAgain() throws Exception {
    run("app-password", "add", "joe@example.com", "x", "--expires", "2027-01-31");
    String dump = run("app-password", "dump", "--with-passwords", "--format", "jsonl").out();
    good("app-password", "remove", "joe@example.com", "x");
    assertThat(withInput(dump, "app-password", "load", "-", "--format", "jsonl").out())
        .isEqualTo("1 row\n");
    assertThat(run("app-password", "dump", "--with-passwords", "--format", "jsonl").out())
        .isEqualTo(dump);
  }

  @Test
  void aSecretOfOneTimePasswordsIsMadeAndShownOnce() {
    Run made = run("mailbox", "set", "Joe@Example.com", "--totp", "--networks", "192.0.2.1");
    assertThat(made.status()).isZero();
    assertThat(made.out())
        .matches(
            "otpauth://totp/example\\.com:joe%40example\\.com"
                + "\\?secret=[A-Z2-7]{32}&issuer=example\\.com\n");
    String secret = made.out().replaceFirst("(?s).*secret=([A-Z2-7]+).*", "$1");
    String shown = run("mailbox", "show", "joe@example.com").out();
    assertThat(shown)
        .contains("totp: (set)\n", "networks: 192.0.2.1\n", "password: \n")
        .doesNotContain(secret);
    assertThat(run("mailbox", "dump", "--with-passwords").out()).contains(secret);
    assertThat(run("mailbox", "dump").out()).doesNotContain("totp");
    assertThat(run("audit", "list").out()).contains("totp=(changed)").doesNotContain(secret);
    assertThat(run("mailbox", "set", "joe@example.com", "--totp").out()).doesNotContain(secret);
    good("mailbox", "set", "joe@example.com", "--no-totp");
    assertThat(run("mailbox", "show", "joe@example.com").out()).contains("totp: \n");
    assertThat(run("mailbox", "set", "joe@example.com", "--totp", "--no-totp").status())
        .isEqualTo(2);
    assertThat(run("mailbox", "set", "nobody@example.com", "--totp").out()).isEmpty();
  }
}
