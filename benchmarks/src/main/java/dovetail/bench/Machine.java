package dovetail.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** What processes have used, as Linux counts it. */
final class Machine {
  /** The kernel's unit, the same on every Linux of today. */
  private static final double TICKS_PER_SECOND = 100;

  private static final int IDLE = 3;
  private static final int IO_WAIT = 4;
  private static final int STEAL = 7;

  private Machine() {}

  /** The process and all that it has started so far; takes a while on a busy machine. */
  static List<ProcessHandle> family(ProcessHandle process) {
    return Stream.concat(Stream.of(process), process.descendants()).toList();
  }

  /** Seconds of CPU that the processes have used. */
  static double cpuSeconds(List<ProcessHandle> processes) {
    return processes.stream()
        .mapToDouble(each -> each.info().totalCpuDuration().orElse(Duration.ZERO).toNanos() / 1e9)
        .sum();
  }

  /** Resident memory of the processes, in MiB; pages that they share count twice. */
  static double residentMebibytes(List<ProcessHandle> processes) {
    return processes.stream().mapToLong(each -> statusKibibytes(each, "VmRSS:")).sum() / 1024.0;
  }

  private static long statusKibibytes(ProcessHandle process, String name) {
    try (Stream<String> lines = Files.lines(Path.of("/proc/" + process.pid() + "/status"))) {
      return lines
          .filter(line -> line.startsWith(name))
          .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
          .sum();
    } catch (NoSuchFileException _) {
      return 0; // it has just ended
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Seconds of CPU that all processes have used, and what other machines took from this one. */
  static double busySeconds() {
    try (Stream<String> lines = Files.lines(Path.of("/proc/stat"))) {
      String[] words = lines.findFirst().orElseThrow().split(" +", -1);
      double ticks = 0;
      for (int i = 0; i <= STEAL; i++) {
        ticks += i == IDLE || i == IO_WAIT ? 0 : Double.parseDouble(words[i + 1]);
      }
      return ticks / TICKS_PER_SECOND;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Datagrams of UDP, whoever they were for.
   *
   * @param received a question is one, and its answer another
   * @param lost where nobody took them away in time
   */
  record Datagrams(long received, long lost) {
    Datagrams since(Datagrams before) {
      return new Datagrams(received - before.received, lost - before.lost);
    }
  }

  static Datagrams datagrams() {
    try (Stream<String> lines = Files.lines(Path.of("/proc/net/snmp"))) {
      List<List<String>> udp =
          lines
              .filter(line -> line.startsWith("Udp:"))
              .map(line -> List.of(line.split(" ", -1)))
              .toList();
      return new Datagrams(figure(udp, "InDatagrams"), figure(udp, "RcvbufErrors"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** One line has the names, the next the figures. */
  private static long figure(List<List<String>> lines, String name) {
    return Long.parseLong(lines.get(1).get(lines.getFirst().indexOf(name)));
  }
}
