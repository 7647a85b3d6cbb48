package dovetail.counter;

import java.time.Duration;
import java.util.Arrays;

/** What is used under one name. For the thread that holds the lock of its shard. */
final class Counter {
  private static final WindowState[] NONE = {};

  private final CounterName name;
  private WindowState[] states = NONE;
  private boolean stranger;
  private boolean gone;

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

  /** When nothing of any window counts any more, unless more is used. */
  long overAt(Moment now) {
    long at = now.nanos();
    for (WindowState state : states) {
      at = Math.max(at, state.overAt(now));
    }
    return at;
  }
}
