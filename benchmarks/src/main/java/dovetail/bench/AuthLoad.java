package dovetail.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Logs in at an auth backend for some time, or each account once, and prints one line of JSON, in
 * which each login is one message: the rate, delays, the CPU time and memory of the server, the CPU
 * time of its database (in place of the DNS server) and of the load itself. Each connection is kept
 * for all of its logins and waits for an answer before the next, as Postfix's smtpd does. All
 * passwords are right: whatever answer is not OK for that very account is an error.
 */
public final class AuthLoad {
  private static final Set<String> KNOWN =
      Set.of(
          "address", "logins", "connections", "warm-up", "seconds", "once", "pid", "database-pid");

  private static final int MOST_ERRORS = 20;

  private final Arguments arguments;
  private final List<AuthPeer.Account> accounts;
  private final boolean once;
  private final AtomicInteger next = new AtomicInteger();
  private final Sender.Shared shared = new Sender.Shared();
  private final AtomicInteger errors = new AtomicInteger();

  private AuthLoad(Arguments arguments) throws IOException {
    this.arguments = arguments;
    this.once = arguments.yes("once");
    this.accounts = accounts(Files.readAllLines(Path.of(arguments.text("logins"))));
  }

  /** A line has an address and a password, apart by a tab. Each account has a client of its own. */
  private static List<AuthPeer.Account> accounts(List<String> lines) {
    List<AuthPeer.Account> accounts = new ArrayList<>();
    for (String line : lines) {
      int tab = line.indexOf('\t');
      if (tab < 1) {
        throw new IllegalArgumentException("logins: line %d".formatted(accounts.size() + 1));
      }
      int number = accounts.size();
      String client =
          "10.%d.%d.%d".formatted(number >> 16 & 0xff, number >> 8 & 0xff, number & 0xff);
      accounts.add(new AuthPeer.Account(line.substring(0, tab), line.substring(tab + 1), client));
    }
    if (accounts.isEmpty()) {
      throw new IllegalArgumentException("logins: nobody");
    }
    return accounts;
  }

  /** {@code address=unix:/run/dovetail/auth logins=FILE connections=10 ...}. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    AuthLoad load;
    try {
      load = new AuthLoad(Arguments.parse(arguments, KNOWN));
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage());
      System.exit(2);
      return;
    }
    System.out.println(load.run());
  }

  private String run() throws IOException, InterruptedException {
    List<AuthPeer> peers = new ArrayList<>();
    try {
      // Dovecot wants a process number of each connection that no other one has.
      long pid = ProcessHandle.current().pid() * 100;
      for (int i = 0; i < arguments.number("connections", 10); i++) {
        peers.add(AuthPeer.connect(arguments.address(), pid + i));
      }
      return run(peers);
    } finally {
      for (AuthPeer peer : peers) {
        peer.close();
      }
    }
  }

  /** When answers count, in nanoseconds. */
  private record Span(long from, long until) {}

  private String run(List<AuthPeer> peers) throws InterruptedException {
    Duration warmUp = once ? Duration.ZERO : seconds("warm-up", 1);
    Duration time = seconds("seconds", 4);
    Sample.Watched watched = watched();
    Sample before = watched.now(shared);
    long from = System.nanoTime() + warmUp.toNanos();
    Span span = new Span(from, once ? Long.MAX_VALUE : from + time.toNanos());
    List<Delays> delays = new ArrayList<>();
    List<Thread> threads = new ArrayList<>();
    SplittableRandom random = new SplittableRandom(from);
    for (AuthPeer peer : peers) {
      Delays own = new Delays();
      SplittableRandom choice = random.split();
      delays.add(own);
      threads.add(Thread.ofVirtual().start(() -> logIn(peer, span, own, choice)));
    }
    Sample after;
    if (once) {
      join(threads);
      after = watched.now(shared);
    } else {
      Thread.sleep(warmUp);
      // Dovecot starts workers as it needs them: those of then, and those that have come until now.
      before = watched().now(shared);
      Thread.sleep(time);
      watched = watched();
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

  private Sample.Watched watched() {
    return new Sample.Watched(
        named("pid").stream().flatMap(process -> Machine.family(process).stream()).toList(),
        named("database-pid"));
  }

  private List<ProcessHandle> named(String name) {
    return arguments
        .words(name)
        .filter(word -> !word.isEmpty())
        .map(Long::parseLong)
        .flatMap(pid -> ProcessHandle.of(pid).stream())
        .toList();
  }

  private static void join(List<Thread> threads) throws InterruptedException {
    for (Thread thread : threads) {
      thread.join();
    }
  }

  private void logIn(AuthPeer peer, Span span, Delays delays, SplittableRandom choice) {
    try {
      while (System.nanoTime() - span.until() < 0 && errors.get() < MOST_ERRORS) {
        int number = once ? next.getAndIncrement() : choice.nextInt(accounts.size());
        if (once && number >= accounts.size()) {
          return;
        }
        long began = System.nanoTime();
        peer.login(accounts.get(number)).ifPresent(this::fault);
        long answered = System.nanoTime();
        shared.finished();
        if (began - span.from() >= 0 && answered - span.until() < 0) {
          delays.add(answered - began);
        }
      }
    } catch (IOException e) {
      fault(String.valueOf(e.getMessage()));
    }
  }

  private void fault(String complaint) {
    errors.incrementAndGet();
    shared.complain(complaint);
  }
}
