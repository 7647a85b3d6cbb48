package dovetail.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(30)
class SignalsTest {

  @ParameterizedTest
  @CsvSource({"HUP, 1, RELOAD", "TERM, 15, TERMINATE", "INT, 2, INTERRUPT"})
  void signalsArriveInTheQueue(String name, int number, Signals.Kind kind) throws Exception {
    // A shell without job control starts background commands so, and nohup does it with HUP; the
    // JDK then leaves the signal ignored, as it should.
    assumeFalse(isIgnored(number), () -> "this process was started with SIG" + name + " ignored");
    BlockingQueue<Signals.Kind> arrived = new LinkedBlockingQueue<>();
    try (Signals _ = Signals.deliver(arrived::add)) {
      String pid = Long.toString(ProcessHandle.current().pid());
      assertThat(new ProcessBuilder("sh", "-c", "kill -s " + name + " " + pid).start().waitFor())
          .isZero();
      assertThat(arrived.poll(10, TimeUnit.SECONDS)).isEqualTo(kind);
    }
  }

  private static boolean isIgnored(int number) throws IOException {
    String prefix = "SigIgn:";
    String mask =
        Files.readAllLines(Path.of("/proc/self/status")).stream()
            .filter(line -> line.startsWith(prefix))
            .findFirst()
            .orElseThrow()
            .substring(prefix.length())
            .strip();
    return (Long.parseUnsignedLong(mask, 16) >>> (number - 1) & 1) != 0;
  }
}
