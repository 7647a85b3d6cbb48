package dovetail.counter;

import java.time.Instant;

/**
 * What is to be added to a number. Where there is none, it begins with {@code least} for smooth
 * windows and with 0 for others.
 *
 * @param amount may be negative, if something was refunded
 * @param least what a smooth window's number is at least before the amount is added; 0 for others
 * @param most what it is at most afterwards; 0 for others
 * @param expires when the number means nothing any more
 */
public record CounterDelta(
    CounterCell cell, Origin origin, long amount, long least, long most, Instant expires) {
  private static final long MINUTE = 60 * Moment.SECOND;

  /** A smooth window's number that is greater is of a clock that was wrong, and counts as none. */
  public long absurd() {
    return most + MINUTE;
  }
}
