package dovetail.bench;

import java.io.File;
import java.io.IOException;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Starts a milter and prints, as JSON, how long it took until it had answered its first negotiation
 * and until it had signed its first message; then ends it.
 */
public final class StartTime {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private StartTime() {}

  /** {@code address=... log=FILE -- COMMAND ARGUMENT...}. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    int end = Arrays.asList(arguments).indexOf("--");
    Arguments own =
        Arguments.parse(Arrays.copyOf(arguments, Math.max(end, 0)), Set.of("address", "log"));
    SocketAddress address = own.address();
    Letter letter = new Letter(Envelope.of(Goal.SIGN), Mail.ofSize(2048));
    Script.of(letter, 0); // so that its classes are there
    File log = new File(own.text("log"));
    ProcessBuilder command =
        new ProcessBuilder(Arrays.copyOfRange(arguments, end + 1, arguments.length))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log))
            .redirectInput(new File("/dev/null"));
    long began = System.nanoTime();
    Process process = command.start();
    try (Filter filter = connect(address, process)) {
      double negotiated = millis(began);
      Script script = Script.of(letter, filter.agreed());
      filter.send(script.first());
      filter.send(script.content());
      if (!Goal.SIGN.isReached(filter.outcome(), letter.domain())) {
        throw new IOException("the filter has not " + Goal.SIGN.words());
      }
      double signed = millis(began);
      filter.send(script.last());
      System.out.printf(
          Locale.ROOT, "{\"negotiated_ms\": %.1f, \"signed_ms\": %.1f}%n", negotiated, signed);
    } finally {
      process.destroy();
      if (!process.waitFor(30, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    }
  }

  private static double millis(long began) {
    return (System.nanoTime() - began) / 1e6;
  }

  /** Tries until somebody answers. */
  private static Filter connect(SocketAddress address, Process process)
      throws IOException, InterruptedException {
    long began = System.nanoTime();
    while (true) {
      try {
        return Filter.connect(address);
      } catch (IOException e) {
        if (!process.isAlive() || System.nanoTime() - began > PATIENCE.toNanos()) {
          throw e;
        }
        Thread.sleep(1);
      }
    }
  }
}
