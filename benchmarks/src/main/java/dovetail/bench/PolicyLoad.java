package dovetail.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * Asks a policy daemon about messages, for some time or about so many, and prints one line of JSON,
 * in which each request is one message: the rate, delays, the CPU time and memory of the daemon,
 * the same of the DNS server, and the CPU time of the load itself. Each connection waits for an
 * answer before it asks again, as Postfix does; all that is asked about one message goes over one.
 * What the answers begin with is expected by stage; the last word is for all that follow.
 */
public final class PolicyLoad {
  private static final Set<String> KNOWN =
      Set.of(
          "address",
          "command",
          "mail",
          "stages",
          "senders",
          "expect",
          "connections",
          "first",
          "count",
          "warm-up",
          "seconds",
          "pid",
          "dns-pid");

  private static final int MOST_ERRORS = 20;
  private static final int NO_END = 1 << 30;

  private final Arguments arguments;
  private final PolicyMail mail;
  private final List<String> expectations;
  private final boolean once;
  private final int end;
  private final AtomicInteger next;
  private final Sender.Shared shared = new Sender.Shared();
  private final AtomicInteger errors = new AtomicInteger();

  private PolicyLoad(Arguments arguments) {
    this.arguments = arguments;
    this.mail =
        new PolicyMail(
            PolicyMail.Kind.valueOf(
                arguments.find("mail").orElse("logins").toUpperCase(Locale.ROOT)),
            arguments.words("stages").toList(),
            arguments.number("senders", 100_000));
    this.expectations = List.of(arguments.text("expect").split(",", -1));
    int first = arguments.number("first", 0);
    int count = arguments.number("count", 0);
    this.once = count > 0;
    this.end = once ? first + count : NO_END;
    this.next = new AtomicInteger(first);
  }

  /** {@code address=inet:127.0.0.1:10031 stages=RCPT,DATA,END-OF-MESSAGE connections=10 ...}. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    PolicyLoad load;
    try {
      load = new PolicyLoad(Arguments.parse(arguments, KNOWN));
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage());
      System.exit(2);
      return;
    }
    System.out.println(load.run());
  }

  private String run() throws IOException, InterruptedException {
    List<PolicyPeer> peers = new ArrayList<>();
    try {
      for (int i = 0; i < arguments.number("connections", 10); i++) {
        peers.add(connect());
      }
      return run(peers);
    } finally {
      for (PolicyPeer peer : peers) {
        peer.close();
      }
    }
  }

  private PolicyPeer connect() throws IOException {
    return arguments.find("command").isPresent()
        ? PolicyPeer.start(arguments.text("command"))
        : PolicyPeer.connect(arguments.address());
  }

  /** When answers count, in nanoseconds. */
  private record Span(long from, long until) {}

  private String run(List<PolicyPeer> peers) throws InterruptedException {
    Duration warmUp = once ? Duration.ZERO : seconds("warm-up", 1);
    Duration time = seconds("seconds", 4);
    Sample.Watched watched = watched(peers);
    Sample before = watched.now(shared);
    long from = System.nanoTime() + warmUp.toNanos();
    Span span = new Span(from, once ? Long.MAX_VALUE : from + time.toNanos());
    List<Delays> delays = new ArrayList<>();
    List<Thread> threads = new ArrayList<>();
    for (PolicyPeer peer : peers) {
      Delays own = new Delays();
      delays.add(own);
      threads.add(Thread.ofPlatform().start(() -> ask(peer, span, own)));
    }
    Sample after;
    if (once) {
      join(threads);
      after = watched.now(shared);
    } else {
      Thread.sleep(warmUp);
      before = watched.now(shared);
      Thread.sleep(time);
      after = watched.now(shared);
      join(threads);
    }
    return Sample.json(before, after, Delays.sorted(delays))
        + String.format(
            Locale.ROOT,
            ", \"resident_mib\": %.1f, \"errors\": %d, \"complaint\": \"%s\"}",
            Machine.residentMebibytes(watched.filter()),
            errors.get(),
            shared.complaint().replaceAll("[^ -~]|[\"\\\\]", "?"));
  }

  private Duration seconds(String name, double otherwise) {
    return Duration.ofNanos((long) (arguments.seconds(name, otherwise) * 1e9));
  }

  private Sample.Watched watched(List<PolicyPeer> peers) {
    Stream<ProcessHandle> own =
        peers.stream().flatMap(peer -> peer.process().stream()).map(Process::toHandle);
    return new Sample.Watched(
        Stream.concat(named("pid"), own)
            .flatMap(process -> Machine.family(process).stream())
            .toList(),
        named("dns-pid").toList());
  }

  private Stream<ProcessHandle> named(String name) {
    return arguments
        .words(name)
        .filter(word -> !word.isEmpty())
        .map(Long::parseLong)
        .flatMap(pid -> ProcessHandle.of(pid).stream());
  }

  private static void join(List<Thread> threads) throws InterruptedException {
    for (Thread thread : threads) {
      thread.join();
    }
  }

  private void ask(PolicyPeer peer, Span span, Delays delays) {
    try {
      while (System.nanoTime() - span.until() < 0 && errors.get() < MOST_ERRORS) {
        int number = next.getAndIncrement();
        if (number >= end) {
          return;
        }
        List<byte[]> requests = mail.requests(number);
        for (int stage = 0; stage < requests.size(); stage++) {
          long began = System.nanoTime();
          check(stage, peer.ask(requests.get(stage)));
          long answered = System.nanoTime();
          shared.finished();
          if (began - span.from() >= 0 && answered - span.until() < 0) {
            delays.add(answered - began);
          }
        }
      }
    } catch (IOException e) {
      fault(String.valueOf(e.getMessage()));
    }
  }

  /** A field that is added is one of SPF, which passes for all who are asked about. */
  private void check(int stage, String answer) {
    String expected = expectations.get(Math.min(stage, expectations.size() - 1));
    String found = answer.toUpperCase(Locale.ROOT);
    if (!found.startsWith(expected) || (found.startsWith("PREPEND") && !found.contains("PASS"))) {
      fault(answer);
    }
  }

  private void fault(String complaint) {
    errors.incrementAndGet();
    shared.complain(complaint);
  }
}
