package dovetail.bench;

import java.io.IOException;
import java.net.SocketAddress;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;

/** One of the clients that send at the same time. */
final class Sender implements Runnable {
  private static final int MOST_ERRORS = 20;

  /**
   * What all of them do.
   *
   * @param eachItsOwn whether each message has a connection of its own, as with Postfix, where a
   *     connection lasts for an SMTP session
   */
  record Task(SocketAddress address, Mail mail, Goal goal, boolean eachItsOwn) {}

  /** When they do it: what ends from then to the end counts. */
  record Span(long fromNanos, long toNanos) {}

  /**
   * How many messages are done, the last thing that went wrong, and the scripts by what the filter
   * has agreed to.
   */
  static final class Shared {
    private final ConcurrentMap<Integer, Script> scripts = new ConcurrentHashMap<>();
    private final LongAdder done = new LongAdder();
    private final AtomicReference<String> complaint = new AtomicReference<>("");

    long done() {
      return done.sum();
    }

    String complaint() {
      return complaint.get();
    }
  }

  private final Task task;
  private final Span span;
  private final Shared shared;
  private final Delays delays = new Delays();
  private int errors;

  Sender(Task task, Span span, Shared shared) {
    this.task = task;
    this.span = span;
    this.shared = shared;
  }

  /** To be asked when it has ended. */
  Delays delays() {
    return delays;
  }

  /** To be asked when it has ended. */
  int errors() {
    return errors;
  }

  @Override
  public void run() {
    while (System.nanoTime() - span.toNanos() < 0 && errors < MOST_ERRORS) {
      long began = System.nanoTime();
      try (Filter filter = Filter.connect(task.address())) {
        converse(filter, began);
      } catch (IOException e) {
        errors++;
        shared.complaint.set(String.valueOf(e.getMessage()));
      }
    }
  }

  private void converse(Filter filter, long connecting) throws IOException {
    Script script =
        shared.scripts.computeIfAbsent(
            filter.agreed(), agreed -> Script.of(task.mail(), task.goal().client(), agreed));
    long began = connecting;
    filter.send(script.first());
    while (true) {
      filter.send(script.content());
      filter.expect(task.goal());
      long now = System.nanoTime();
      shared.done.increment();
      if (began - span.fromNanos() >= 0 && now - span.toNanos() < 0) {
        delays.add(now - began);
      }
      if (task.eachItsOwn() || now - span.toNanos() >= 0) {
        break;
      }
      began = now;
      filter.send(script.next());
    }
    filter.send(script.last());
  }
}
