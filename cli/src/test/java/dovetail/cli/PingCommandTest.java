package dovetail.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dovetail.serve.Running;
import dovetail.serve.Site;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PingCommandTest {
  @TempDir private Path folder;

  @Test
  void talksToTheMilter() throws Exception {
    Site site = Site.in(folder);
    site.configure(
        "\"inet:127.0.0.1:%d\", \"unix:%s/milter\"".formatted(site.milterPort(), folder), "");
    try (Running _ = Running.start(site, "milter")) {
      Run run = Run.of("ping", "--config", site.config());
      assertThat(run.status()).isZero();
      assertThat(run.out().lines())
          .hasSize(2)
          .anyMatch(
              line -> line.startsWith("milter inet:127.0.0.1:" + site.milterPort() + ": good"))
          .anyMatch(line -> line.startsWith("milter unix:" + folder + "/milter: good"));
      assertThat(Run.of("ping", "--json", "--config", site.config()).out())
          .startsWith("[{\"service\":\"milter\",\"address\":\"inet:127.0.0.1:")
          .contains("\"good\":true");
    }
  }

  @Test
  void talksToTheLookupTables() throws Exception {
    Site site =
        Site.in(folder)
            .configure("enabled = false")
            .store(folder.resolve("dovetail.db"), "listen = [\"unix:" + folder + "/lookup\"]");
    // Else the service makes the tables when it has started, and does not know until then.
    Run.of("database", "migrate", "--config", site.config());
    try (Running _ = Running.start(site)) {
      Run run = Run.of("ping", "--config", site.config());
      assertThat(run.out()).startsWith("lookup unix:" + folder + "/lookup: good, answers");
      assertThat(run.status()).isZero();
    }
  }

  private Site auth() throws Exception {
    Site site = Site.in(folder).configure("enabled = false");
    Files.writeString(
        folder.resolve("conf.d").resolve("auth.toml"),
        """
        [auth]
        enabled = true
        listen = ["unix:%1$s/auth"]
        userdb_listen = ["unix:%1$s/auth-userdb"]
        dict_auth_listen = ["unix:%1$s/dict-auth"]
        dict_listen = ["unix:%1$s/dict"]
        delay = "1ms"
        """
            .formatted(folder));
    Run.of("domain", "add", "example.com", "--config", site.config());
    Run.withInput(
        "sesame\n",
        "mailbox",
        "add",
        "joe@example.com",
        "--password-stdin",
        "--config",
        site.config());
    return site;
  }

  @Test
  void talksToTheAuthBackend() throws Exception {
    Site site = auth();
    try (Running _ = Running.start(site, "auth")) {
      Run run = Run.of("ping", "--config", site.config());
      assertThat(run.out().lines())
          .hasSize(4)
          .anyMatch(
              line -> line.startsWith("auth unix:" + folder + "/auth: good, offers PLAIN, LOGIN"))
          .anyMatch(
              line -> line.startsWith("userdb unix:" + folder + "/auth-userdb: good, answers"))
          .anyMatch(
              line -> line.startsWith("dict-auth unix:" + folder + "/dict-auth: good, answers"))
          .anyMatch(line -> line.startsWith("dict unix:" + folder + "/dict: good, answers"));
      assertThat(run.status()).isZero();
    }
  }

  @Test
  void logsSomebodyIn() throws Exception {
    Site site = auth();
    try (Running _ = Running.start(site, "auth")) {
      Run right =
          Run.withInput(
              "sesame\n", "ping", "--login", "JOE@example.com", "--config", site.config());
      assertThat(right.out())
          .startsWith("auth unix:" + folder + "/auth: good, lets joe@example.com in");
      assertThat(right.status()).isZero();
      Run wrong =
          Run.withInput(
              "pumpkin\n", "ping", "--login", "joe@example.com", "--config", site.config());
      assertThat(wrong.out())
          .isEqualTo(
              "auth unix:%s/auth: FAILED: refuses joe@example.com: wrong name or password\n"
                  .formatted(folder));
      assertThat(wrong.status()).isEqualTo(1);
      Run empty =
          Run.withInput("", "ping", "--login", "joe@example.com", "--config", site.config());
      assertThat(empty.err()).contains("the password is empty");
    }
  }

  @Test
  void saysWhoDoesNotAnswer() {
    Site site = Site.in(folder);
    Run run = Run.of("ping", "--config", site.config());
    assertThat(run.status()).isEqualTo(1);
    assertThat(run.out())
        .startsWith("milter inet:127.0.0.1:" + site.milterPort() + ": FAILED: ")
        .contains("refused");
    Run json = Run.of("ping", "--json", "--config", site.config());
    assertThat(json.status()).isEqualTo(1);
    assertThat(json.out()).contains("\"good\":false").contains("\"problem\":");
  }

  @Test
  void saysThatNothingIsThereToAnswer() {
    Site site = Site.in(folder).configure("enabled = false");
    Run run = Run.of("ping", "--config", site.config());
    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err()).contains("milter, lookup, policy, auth");
  }

  @Test
  void needsAConfigurationThatWorks() {
    Site site = Site.in(folder).configure("mode = 5");
    assertThat(Run.of("ping", "--config", site.config()).status()).isEqualTo(3);
  }
}
