package dovetail.bench;

import dovetail.dkim.CryptoProvider;
import dovetail.dkim.DkimKey;
import dovetail.dkim.DkimKeyException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Sends messages to a milter, or to several one after the other, for some time and prints one line
 * of JSON: the rate, delays, the CPU time and memory of the filters if their processes are named,
 * the same of the DNS server, and the CPU time of the load itself.
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
          "strangers",
          "first",
          "hosted",
          "once",
          "key",
          "warm-up",
          "seconds",
          "pid",
          "dns-pid");

  private final Sender.Task task;
  private final int connections;
  private final Duration warmUp;
  private final Duration time;
  private final Sample.Watched watched;

  private MilterLoad(Arguments arguments) throws IOException {
    Goal goal = Goal.valueOf(arguments.find("goal").orElse("sign").toUpperCase(Locale.ROOT));
    this.task =
        new Sender.Task(
            arguments.addresses(),
            new Outgoing(letters(arguments, goal), arguments.yes("once")),
            goal,
            arguments.yes("each-its-own"));
    this.connections = arguments.number("connections", 10);
    this.warmUp = Duration.ofNanos((long) (arguments.seconds("warm-up", 2) * 1e9));
    this.time = Duration.ofNanos((long) (arguments.seconds("seconds", 5) * 1e9));
    this.watched = new Sample.Watched(processes(arguments, "pid"), processes(arguments, "dns-pid"));
  }

  private static List<ProcessHandle> processes(Arguments arguments, String name) {
    return arguments
        .words(name)
        .map(Long::parseLong)
        .flatMap(pid -> ProcessHandle.of(pid).stream())
        .flatMap(process -> Machine.family(process).stream())
        .toList();
  }

  /** One message of ours, or those of strangers. */
  private static List<Letter> letters(Arguments arguments, Goal goal) throws IOException {
    int bytes = arguments.number("bytes", 2048);
    int strangers = arguments.number("strangers", 0);
    if (strangers > 0) {
      Letter.SigningKit kit =
          new Letter.SigningKit(
              key(Path.of(arguments.text("key"))),
              CryptoProvider.load(Path.of(System.getProperty("java.io.tmpdir"))),
              bytes);
      return Letter.of(arguments.number("first", 0), strangers, arguments.yes("hosted"), kit);
    }
    Optional<String> message = arguments.find("message");
    Mail mail = message.isPresent() ? Mail.read(Path.of(message.get())) : Mail.ofSize(bytes);
    return List.of(new Letter(Envelope.of(goal), mail));
  }

  private static DkimKey key(Path file) throws IOException {
    try {
      return DkimKey.read(file);
    } catch (DkimKeyException e) {
      throw new IOException(e.getMessage(), e);
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

  private String run() throws IOException, InterruptedException {
    try (Stages stages = Stages.connect(task.filters())) {
      stages.layOut(task.outgoing()); // before the clock runs
      stages.end(task.outgoing());
    }
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
    Sample before = watched.now(shared);
    Thread.sleep(time);
    Sample after = watched.now(shared);
    double resident = Machine.residentMebibytes(watched.filter());
    for (Thread thread : threads) {
      thread.join(Duration.ofSeconds(60));
    }
    long[] delays = Delays.sorted(senders.stream().map(Sender::delays).toList());
    int errors = senders.stream().mapToInt(Sender::errors).sum();
    return Sample.json(before, after, delays)
        + String.format(
            Locale.ROOT,
            ", \"resident_mib\": %.1f, \"errors\": %d, \"complaint\": \"%s\"}",
            resident,
            errors,
            shared.complaint().replaceAll("[^ -~]|[\"\\\\]", "?"));
  }
}
