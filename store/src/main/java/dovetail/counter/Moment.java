package dovetail.counter;

import java.time.Instant;

/**
 * A moment as windows see it.
 *
 * @param nanos since 1970 began in UTC
 * @param day the local day, as days since 1970-01-01
 * @param days when local days begin
 */
record Moment(long nanos, long day, Days days) {
  /** In place of a moment that never comes. */
  static final long NEVER = Long.MAX_VALUE;

  static final long SECOND = 1_000_000_000;

  /** The years 1684 to 2255, which leaves room for the longest window. */
  private static final long BOUND = 9_000_000_000L;

  static long nanos(Instant instant) {
    long seconds = Math.clamp(instant.getEpochSecond(), -BOUND, BOUND);
    return seconds * SECOND + instant.getNano();
  }

  static Instant instant(long nanos) {
    return nanos == NEVER
        ? Instant.MAX
        : Instant.ofEpochSecond(Math.floorDiv(nanos, SECOND), Math.floorMod(nanos, SECOND));
  }
}
