package dovetail.observe;

import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/**
 * What every process reports about itself. Read from /proc and the runtime only when asked; the
 * platform's management beans would cost at start.
 */
public final class ProcessMetrics {
  private static final Path PROC = Path.of("/proc/self");

  private ProcessMetrics() {}

  /**
   * Registers them.
   *
   * @param version of this program
   * @param nanos monotonic time; uptime counts from this call
   */
  public static void register(Metrics metrics, String version, LongSupplier nanos) {
    metrics
        .gauge("dovetail_build_info", "The version of the program, value 1.", "version")
        .labelValues(version)
        .set(1);
    long start = nanos.getAsLong();
    gauge(
        metrics,
        "dovetail_uptime_seconds",
        "Time since start.",
        () -> (nanos.getAsLong() - start) / 1e9);
    Runtime runtime = Runtime.getRuntime();
    gauge(
        metrics,
        "jvm_memory_heap_used_bytes",
        "Heap in use, garbage included.",
        () -> (double) (runtime.totalMemory() - runtime.freeMemory()));
    gauge(
        metrics,
        "jvm_memory_heap_max_bytes",
        "The heap's bound.",
        () -> (double) runtime.maxMemory());
    gauge(
        metrics,
        "process_resident_memory_bytes",
        "Resident memory.",
        () -> status("VmRSS:") * 1024);
    gauge(
        metrics,
        "process_threads",
        "Threads of the operating system; virtual ones are not counted.",
        () -> status("Threads:"));
    gauge(metrics, "process_open_fds", "Open file descriptors.", ProcessMetrics::openFiles);
  }

  private static void gauge(Metrics metrics, String name, String help, DoubleSupplier value) {
    GaugeWithCallback.builder()
        .name(name)
        .help(help)
        .callback(callback -> callback.call(value.getAsDouble()))
        .register(metrics.registry());
  }

  /** Log writes that the system refused. */
  public static void register(Metrics metrics, LogOutput output) {
    CounterWithCallback.builder()
        .name("dovetail_log_write_failures")
        .help("Writes to the log that failed; their lines are lost.")
        .callback(callback -> callback.call((double) output.failures()))
        .register(metrics.registry());
  }

  /** The number behind a name in /proc/self/status, or NaN where there is none. */
  private static double status(String name) {
    try (Stream<String> lines = Files.lines(PROC.resolve("status"))) {
      return lines
          .filter(line -> line.startsWith(name))
          .map(line -> line.substring(name.length()).strip().split(" ", 2)[0])
          .mapToDouble(Double::parseDouble)
          .findFirst()
          .orElse(Double.NaN);
    } catch (IOException | UncheckedIOException | NumberFormatException _) {
      return Double.NaN;
    }
  }

  private static double openFiles() {
    try (Stream<Path> files = Files.list(PROC.resolve("fd"))) {
      return (double) files.count();
    } catch (IOException | UncheckedIOException _) {
      return Double.NaN;
    }
  }
}
