package dovetail.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dovetail.serve.Running;
import dovetail.serve.Site;
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
    assertThat(run.err()).contains("milter, lookup, policy");
  }

  @Test
  void needsAConfigurationThatWorks() {
    Site site = Site.in(folder).configure("mode = 5");
    assertThat(Run.of("ping", "--config", site.config()).status()).isEqualTo(3);
  }
}
