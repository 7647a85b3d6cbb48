package dovetail.bench;

import java.io.IOException;
import java.net.SocketAddress;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;

/** One of the clients that send at the same time. */
final class Sender implements Runnable {
  private static final int MOST_ERRORS = 20;

  /**
   * What all of them do.
   *
   * @param filters where, in the order in which each message goes through them
   * @param eachItsOwn whether each message has a connection of its own, as with Postfix, where a
   *     connection lasts for an SMTP session
   */
  record Task(List<SocketAddress> filters, Outgoing outgoing, Goal goal, boolean eachItsOwn) {}

  /** When they do it: what ends from then to the end counts. */
  record Span(long fromNanos, long toNanos) {}

  /** How many messages are done, and the last thing that went wrong. */
  static final class Shared {
    private final LongAdder done = new LongAdder();
    private final AtomicReference<String> complaint = new AtomicReference<>("");

    /** Another one is done. */
    void finished() {
      done.increment();
    }

    /** Something went wrong. */
    void complain(String text) {
      complaint.set(text);
    }

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
      OptionalInt number = task.outgoing().next();
      if (number.isEmpty()) {
        errors = MOST_ERRORS;
        shared.complain("there are too few messages for this time");
        return;
      }
      long began = System.nanoTime();
      try (Stages stages = Stages.connect(task.filters())) {
        converse(stages, number.getAsInt(), began);
      } catch (IOException e) {
        errors++;
        shared.complain(String.valueOf(e.getMessage()));
      }
    }
  }

  private void converse(Stages stages, int firstNumber, long connecting) throws IOException {
    OptionalInt number = OptionalInt.of(firstNumber);
    long began = connecting;
    boolean first = true;
    while (number.isPresent()) {
      stages.envelope(task.outgoing(), number.getAsInt(), first);
      stages.content(task.outgoing(), number.getAsInt(), task.goal());
      long now = System.nanoTime();
      shared.finished();
      if (began - span.fromNanos() >= 0 && now - span.toNanos() < 0) {
        delays.add(now - began);
      }
      if (task.eachItsOwn() || now - span.toNanos() >= 0) {
        break;
      }
      began = now;
      first = false;
      number = task.outgoing().next();
    }
    stages.end(task.outgoing());
  }
}
