package dovetail.counter;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/** What is used under one name. For the thread that holds the lock of its shard. */
final class Counter {
  private static final WindowState[] NONE = {};

  private final CounterName name;
  private WindowState[] states = NONE;
  private boolean stranger;
  private volatile boolean gone;

  /** How much was used that the database does not know, by the weights of demands. */
  private long owed;

  /** How much of it is on the way. */
  private long sent;

  private boolean queued;

  Counter(CounterName name, Origin origin) {
    this.name = name;
    this.stranger = origin == Origin.STRANGER;
  }

  CounterName name() {
    return name;
  }

  boolean isStranger() {
    return stranger;
  }

  /** From now on it is one of ours. */
  void adopt() {
    stranger = false;
  }

  /** Whether it was forgotten, and another one may have its name. */
  boolean isGone() {
    return gone;
  }

  void forget() {
    gone = true;
  }

  /** Its window of that kind and length; a fresh one, which is not kept, if it has none. */
  WindowState look(WindowKind kind, Duration length) {
    long nanos = length.toNanos();
    for (WindowState state : states) {
      if (state.kind() == kind && state.length() == nanos) {
        return state;
      }
    }
    return WindowState.fresh(kind, length);
  }

  /** Its window of that kind and length, which is kept. */
  WindowState keep(WindowKind kind, Duration length) {
    WindowState found = look(kind, length);
    for (WindowState state : states) {
      if (state == found) {
        return found;
      }
    }
    states = Arrays.copyOf(states, states.length + 1);
    states[states.length - 1] = found;
    return found;
  }

  /** How much was used that may not have arrived; what was refunded counts, too. */
  long owed() {
    return owed;
  }

  /**
   * Notes that the database does not know something.
   *
   * @return whether it is the first thing since {@link #unqueue}
   */
  boolean owe(long weight) {
    owed += weight;
    boolean first = !queued;
    queued = true;
    return first;
  }

  /** Nobody waits to settle it any more. */
  void unqueue() {
    queued = false;
  }

  /** Adds to deltas what the database does not know, and takes it for sent. */
  void settle(Moment now, List<CounterDelta> deltas) {
    sent = owed;
    Origin origin = stranger ? Origin.STRANGER : Origin.OWN;
    for (WindowState state : states) {
      Duration length = Duration.ofNanos(state.length());
      state.settle(
          now,
          (slot, amount, least, most, expires) ->
              deltas.add(
                  new CounterDelta(
                      new CounterCell(name, state.kind(), length, slot),
                      origin,
                      amount,
                      least,
                      most,
                      Moment.instant(expires))));
    }
  }

  /** What was sent has arrived. */
  void arrived() {
    owed -= sent;
    sent = 0;
  }

  /** When nothing of any window counts any more, unless more is used. */
  long overAt(Moment now) {
    long at = now.nanos();
    for (WindowState state : states) {
      at = Math.max(at, state.overAt(now));
    }
    return at;
  }
}
