package dovetail.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dovetail.dkim.Algorithm;
import dovetail.dkim.DkimKey;
import dovetail.milter.MilterPing;
import dovetail.server.Probe;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Starting, reloading and stopping, inside one process. */
final class RunningServicesTest {
  private static final InetAddress HERE = InetAddress.ofLiteral("127.0.0.1");

  @TempDir private Path folder;

  @Test
  void servesTheMilterMetricsAndHealth() throws Exception {
    Site site = Site.in(folder);
    try (Running running = Running.start(site)) {
      assertThat(ping(site.milterPort())).isInstanceOf(Probe.Good.class);
      HttpResponse<String> metrics = running.get(site.httpPort(), "/metrics");
      assertThat(metrics.statusCode()).isEqualTo(200);
      assertThat(metrics.body()).contains("dovetail_");
      HttpResponse<String> health = running.get(site.httpPort(), "/health");
      assertThat(health.body()).contains("\"crypto\"");
      assertThat(running.get(site.httpPort(), "/nothing").statusCode()).isEqualTo(404);
      assertThat(running.services().status())
          .isEqualTo(
              "milter on 127.0.0.1:"
                  + site.milterPort()
                  + ", keys of 0 domains, DNS of /etc/resolv.conf");
    }
    assertThat(ping(site.milterPort())).isInstanceOf(Probe.Bad.class);
  }

  @Test
  void startsOnlyWhatIsNamed() throws Exception {
    Site site = Site.in(folder);
    try (Running _ = Running.start(site, "milter")) {
      assertThat(ping(site.milterPort())).isInstanceOf(Probe.Good.class);
      assertFree(site.httpPort());
    }
    try (Running running = Running.start(site, "http")) {
      assertFree(site.milterPort());
      assertThat(running.services().status())
          .isEqualTo("keys of 0 domains, DNS of /etc/resolv.conf");
    }
  }

  @Test
  void startsWhatIsNamedThoughItIsSwitchedOff() throws Exception {
    Site site = Site.in(folder).configure("enabled = false");
    try (Running _ = Running.start(site)) {
      assertFree(site.milterPort());
    }
    try (Running _ = Running.start(site, "milter")) {
      assertThat(ping(site.milterPort())).isInstanceOf(Probe.Good.class);
    }
  }

  @Test
  void opensNothingWhenOnePortIsTaken() throws Exception {
    Site site = Site.in(folder);
    try (ServerSocket taken = new ServerSocket(site.httpPort(), 1, HERE)) {
      assertThatThrownBy(() -> Running.start(site))
          .isInstanceOf(IOException.class)
          .hasMessageContaining(String.valueOf(taken.getLocalPort()));
      assertFree(site.milterPort());
    }
  }

  @Test
  void reloadMovesTheListeners() throws Exception {
    Site site = Site.in(folder);
    try (Running running = Running.start(site)) {
      Site moved = new Site(folder, Site.freePort(), site.httpPort()).configure("");
      running.services().reload(moved.load());
      assertThat(ping(moved.milterPort())).isInstanceOf(Probe.Good.class);
      assertThat(ping(site.milterPort())).isInstanceOf(Probe.Bad.class);
      assertThat(running.get(site.httpPort(), "/health").body()).contains("crypto");
    }
  }

  @Test
  void reloadThatCannotBindLeavesAllAsItWas() throws Exception {
    Site site = Site.in(folder);
    try (Running running = Running.start(site);
        ServerSocket taken = new ServerSocket(0, 1, HERE)) {
      Site wanted = new Site(folder, Site.freePort(), taken.getLocalPort()).configure("");
      Configuration other = wanted.load();
      String before = running.services().status();
      assertThatThrownBy(() -> running.services().reload(other))
          .isInstanceOf(IOException.class)
          .hasMessageContaining(String.valueOf(taken.getLocalPort()));
      assertThat(running.services().status()).isEqualTo(before);
      assertThat(ping(site.milterPort())).isInstanceOf(Probe.Good.class);
      assertThat(running.get(site.httpPort(), "/health").body()).contains("crypto");
      assertFree(wanted.milterPort());
    }
  }

  @Test
  void reloadSaysWhatOnlyARestartChanges() throws Exception {
    Site site = Site.in(folder);
    try (Running running = Running.start(site)) {
      running.services().reload(site.load());
      assertThat(running.log()).doesNotContain("takes effect at the next start");
      running.services().reload(site.configure("max_connections = 7").load());
      assertThat(running.log())
          .contains("'milter.max_connections' has changed: that takes effect at the next start")
          .doesNotContain("'milter.enabled'");
    }
  }

  @Test
  void reloadDoesNotLoseAllKeys() throws Exception {
    Site site = Site.in(folder);
    Path key = site.keys().resolve("example.com/s1.pem");
    Files.createDirectories(key.getParent());
    Files.writeString(key, DkimKey.generate(Algorithm.ED25519_SHA256, 0, new SecureRandom()));
    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
    try (Running running = Running.start(site)) {
      assertThat(running.log()).doesNotContain("there is no key");
      Files.move(site.keys(), folder.resolve("elsewhere"));
      Files.createDirectory(site.keys()); // as a folder is on which nothing is mounted
      Configuration other = site.load();
      assertThatThrownBy(() -> running.services().reload(other))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("there is no key left in " + site.keys());
      assertThat(running.services().status()).contains("keys of 1 domain");
    }
    try (Running running = Running.start(site)) {
      assertThat(running.log()).contains(site.keys() + ": there is no key in it");
    }
  }

  @Test
  void brokenConfigurationIsNeverLoaded() {
    Site site = Site.in(folder).configure("mode = \"maybe\"\nexpiry = \"soon\"");
    assertThatThrownBy(site::load)
        .isInstanceOfSatisfying(
            Configuration.UnusableException.class,
            e -> assertThat(e.problems()).hasSize(2).allMatch(line -> line.contains("line ")));
  }

  @Test
  void settingsOfAServiceThatIsOffAreRightToo() {
    Site site = Site.in(folder).configure("enabled = false\nsigned_headers = [\"To\"]");
    assertThatThrownBy(site::load)
        .isInstanceOf(Configuration.UnusableException.class)
        .hasMessageContaining("line 9")
        .hasMessageContaining("From must be signed");
  }

  @Test
  void httpListensOnInetOnly() {
    Site site = Site.in(folder);
    site.write("[http]\nlisten = [\"unix:" + folder + "/http\"]\n");
    assertThatThrownBy(site::load)
        .isInstanceOf(Configuration.UnusableException.class)
        .hasMessageContaining("line 2")
        .hasMessageContaining("inet");
  }

  @Test
  void shutdownClosesTheDoors() throws Exception {
    Site site = Site.in(folder);
    try (Running running = Running.start(site)) {
      assertThat(running.services().shutdown()).isZero();
      assertFree(site.milterPort());
      assertFree(site.httpPort());
    }
  }

  private static Probe.Result ping(int port) throws InterruptedException {
    return MilterPing.run(
        new InetSocketAddress(HERE, port), Duration.ofSeconds(30), System::nanoTime);
  }

  private static void assertFree(int port) throws IOException {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(HERE, port));
      assertThat(socket.isBound()).isTrue();
    }
  }
}
