package dovetail.counter;

import java.time.Duration;

/**
 * What is used of one window of a counter, whatever its {@code most} is. Moments are nanoseconds
 * since 1970. For the thread that holds the counter's lock.
 */
sealed interface WindowState permits SlotState, SmoothState {
  /** Of one of which nothing is used. */
  static WindowState fresh(WindowKind kind, Duration length) {
    return switch (kind) {
      case CALENDAR, SLIDING -> new SlotState(kind, length);
      case SMOOTH -> new SmoothState(length);
    };
  }

  WindowKind kind();

  /** In nanoseconds. */
  long length();

  /** How much is used; what was used in a future, before the clock was set back, is bounded. */
  long used(long most, Moment now);

  /** When an amount that does not fit now will, unless more is used. */
  long fitsAt(long amount, long most, Moment now);

  /** When nothing is used any more, unless more is. */
  long emptyAt(Moment now);

  /** When it can be forgotten, unless more is used. */
  long overAt(Moment now);

  /**
   * Uses an amount.
   *
   * @param owed whether the database is to learn of it
   * @return what {@link #takeBack} has to know of it
   */
  long add(long amount, long most, Moment now, boolean owed);

  /** Takes back what was used, as far as it still is. */
  void takeBack(Charge.Part part, Moment now, boolean owed);

  /** Takes what the database is to learn. */
  @FunctionalInterface
  interface Debts {
    /** For each number what {@link CounterDelta} says, and when it means nothing any more. */
    void owe(long slot, long amount, long least, long most, long expires);
  }

  /** Hands over what the database does not know, and takes it for known. */
  void settle(Moment now, Debts debts);

  /** Learns what the database knows, to which comes what it does not know yet. */
  void learn(long slot, long value, Moment now);
}
