package dovetail.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The auth backend among the other services. */
@Timeout(120)
final class AuthDaemonTest {
  private static final Duration HELD = Duration.ofSeconds(9);

  @TempDir private Path folder;

  private static void awaitLog(Running running, String text) throws InterruptedException {
    while (!running.log().contains(text)) {
      TimeUnit.MILLISECONDS.sleep(5);
    }
  }

  private static void tryPassword(Socket socket) throws IOException {
    String response =
        Base64.getEncoder()
            .encodeToString("\0joe@example.com\0open-up".getBytes(StandardCharsets.UTF_8));
    socket
        .getOutputStream()
        .write(
            ("VERSION\t1\t0\nCPID\t1\nAUTH\t1\tPLAIN\tservice=smtp\tresp=" + response + "\n")
                .getBytes(StandardCharsets.US_ASCII));
  }

  /** Whoever tries passwords neither delays the end nor gains time by it. */
  @Test
  void shutdownDoesNotWaitForHeldAnswers() throws Exception {
    int port = Site.freePort();
    Site site =
        Site.in(folder)
            .configure(
                """
                [auth]
                listen = ["inet:127.0.0.1:%d"]
                userdb_listen = []
                dict_auth_listen = []
                dict_listen = []
                delay = "9s"
                most_delay = "9s"
                """
                    .formatted(port));
    try (Running running = Running.start(site, "auth")) {
      awaitLog(running, "the database answers");
      try (Socket socket = new Socket(InetAddress.ofLiteral("127.0.0.1"), port)) {
        tryPassword(socket);
        awaitLog(running, "reason=no-account");
        long began = System.nanoTime();
        assertThat(running.services().shutdown()).isZero();
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(HELD.dividedBy(2));
        String said = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        assertThat(said).startsWith("VERSION\t1\t").endsWith("\nDONE\n");
      }
    }
  }
}
