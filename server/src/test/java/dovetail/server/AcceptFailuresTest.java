package dovetail.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class AcceptFailuresTest {
  @TempDir private Path folder;

  @Test
  void theWaitGrowsToASecondAndBeginsAnew() {
    AcceptFailures failures = new AcceptFailures("test");
    IOException e = new IOException("Too many open files");
    List<Long> waits = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      waits.add(failures.failed(e).toMillis());
    }

    assertThat(waits).containsExactly(20L, 40L, 80L, 160L, 320L, 640L, 1000L, 1000L);
    failures.succeeded();
    assertThat(failures.failed(e)).isEqualTo(Duration.ofMillis(20));
  }

  @Test
  void aProcessWithoutDescriptorsRecovers() throws Exception {
    Path socket = folder.resolve("s");
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    Process process =
        new ProcessBuilder(
                "sh",
                "-c",
                "ulimit -n 200; exec \"$0\" \"$@\"",
                java,
                "-XX:-MaxFDLimit",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                CrowdedProcess.class.getName(),
                "unix:" + socket)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader log = process.inputReader(StandardCharsets.UTF_8);
        OutputStream commands = process.getOutputStream()) {
      assertThat(log.readLine()).endsWith("listening 1");
      command(commands);
      assertThat(log.readLine()).endsWith("taken");
      try (SocketChannel client = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
        assertThat(log.readLine()).contains("connections cannot be accepted, trying on: ");
        command(commands);
        assertThat(client.read(ByteBuffer.allocate(1))).isEqualTo(1);
      }
      // The next line, so it was said once.
      assertThat(log.readLine()).endsWith("connections are accepted again");
      command(commands);
      assertThat(process.waitFor()).isZero();
    } finally {
      process.destroyForcibly();
    }
  }

  private static void command(OutputStream commands) throws IOException {
    commands.write('\n');
    commands.flush();
  }
}
