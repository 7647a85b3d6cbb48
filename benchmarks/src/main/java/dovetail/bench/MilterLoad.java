package dovetail.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Sends messages to a milter for some time and prints one line of JSON: the rate, delays, the CPU
 * time and memory of the filter if its process is named, and the CPU time of the load itself.
 */
public final class MilterLoad {
  private static final Set<String> KNOWN =
      Set.of(
          "address",
          "goal",
          "connections",
          "each-its-own",
          "bytes",
          "message",
          "warm-up",
          "seconds",
          "pid");

  private final Sender.Task task;
  private final int connections;
  private final Duration warmUp;
  private final Duration time;
  private final List<ProcessHandle> filter;

  private MilterLoad(Arguments arguments) throws IOException {
    Optional<String> message = arguments.find("message");
    Mail mail =
        message.isPresent()
            ? Mail.read(Path.of(message.get()))
            : Mail.ofSize(arguments.number("bytes", 2048));
    Goal goal = Goal.valueOf(arguments.find("goal").orElse("sign").toUpperCase(Locale.ROOT));
    this.task = new Sender.Task(arguments.address(), mail, goal, arguments.yes("each-its-own"));
    this.connections = arguments.number("connections", 10);
    this.warmUp = Duration.ofNanos((long) (arguments.seconds("warm-up", 2) * 1e9));
    this.time = Duration.ofNanos((long) (arguments.seconds("seconds", 5) * 1e9));
    this.filter =
        arguments
            .find("pid")
            .map(Long::parseLong)
            .flatMap(ProcessHandle::of)
            .map(Machine::family)
            .orElse(List.of());
  }

  /** What had been done and used at one moment, in messages and in seconds. */
  private record Sample(long nanos, long done, double filterCpu, double ownCpu, double machineCpu) {
    static Sample now(Sender.Shared shared, List<ProcessHandle> filter) {
      double filterCpu = Machine.cpuSeconds(filter);
      long nanos = System.nanoTime();
      long done = shared.done();
      double ownCpu = Machine.cpuSeconds(List.of(ProcessHandle.current()));
      return new Sample(nanos, done, filterCpu, ownCpu, Machine.busySeconds());
    }
  }

  /** {@code address=inet:127.0.0.1:8891 connections=10 bytes=2048 seconds=5 ...}. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    MilterLoad load;
    try {
      load = new MilterLoad(Arguments.parse(arguments, KNOWN));
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage());
      System.exit(2);
      return;
    }
    System.out.println(load.run());
  }

  private String run() throws InterruptedException {
    long from = System.nanoTime() + warmUp.toNanos();
    Sender.Span span = new Sender.Span(from, from + time.toNanos());
    Sender.Shared shared = new Sender.Shared();
    List<Sender> senders = new ArrayList<>();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < connections; i++) {
      Sender sender = new Sender(task, span, shared);
      senders.add(sender);
      // Threads of the system: fewer layers between them and the socket.
      threads.add(Thread.ofPlatform().daemon().start(sender));
    }
    Thread.sleep(warmUp);
    Sample before = Sample.now(shared, filter);
    Thread.sleep(time);
    Sample after = Sample.now(shared, filter);
    double resident = Machine.residentMebibytes(filter);
    for (Thread thread : threads) {
      thread.join(Duration.ofSeconds(60));
    }
    long[] delays = Delays.sorted(senders.stream().map(Sender::delays).toList());
    int errors = senders.stream().mapToInt(Sender::errors).sum();
    return json(delays, before, after, resident)
        + ", \"errors\": %d, \"complaint\": \"%s\"}"
            .formatted(errors, shared.complaint().replaceAll("[^ -~]|[\"\\\\]", "?"));
  }

  private static String json(long[] delays, Sample before, Sample after, double resident) {
    // From sample to sample: a busy machine may take them later than they were meant.
    double seconds = (after.nanos() - before.nanos()) / 1e9;
    long messages = after.done() - before.done();
    double filterCpu = after.filterCpu() - before.filterCpu();
    double ownCpu = after.ownCpu() - before.ownCpu();
    double otherCpu = after.machineCpu() - before.machineCpu() - filterCpu - ownCpu;
    return String.format(
        Locale.ROOT,
        "{\"messages\": %d, \"rate\": %.1f, \"p50_ms\": %s, \"p99_ms\": %s, \"max_ms\": %s,"
            + " \"cpu_ms\": %s, \"resident_mib\": %.1f, \"own_cpu_ms\": %s,"
            + " \"own_cores\": %.3f, \"other_cores\": %.3f",
        messages,
        messages / seconds,
        number(Delays.millis(delays, 0.5)),
        number(Delays.millis(delays, 0.99)),
        number(Delays.millis(delays, 1)),
        number(filterCpu * 1e3 / messages),
        resident,
        number(ownCpu * 1e3 / messages),
        ownCpu / seconds,
        Math.max(0, otherCpu) / seconds);
  }

  /** JSON has no word for what is no number. */
  private static String number(double value) {
    return Double.isFinite(value) ? String.format(Locale.ROOT, "%.4f", value) : "null";
  }
}
