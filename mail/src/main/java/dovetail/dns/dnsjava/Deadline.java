package dovetail.dns.dnsjava;

import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * A moment by which something must be over.
 *
 * @param end that moment, as the clock has it
 * @param nanos a clock that only goes forward
 */
record Deadline(long end, LongSupplier nanos) {
  private static final long MILLI = 1_000_000;

  static Deadline in(Duration time, LongSupplier nanos) {
    return new Deadline(nanos.getAsLong() + time.toNanos(), nanos);
  }

  /** An earlier one, which leaves time for as many tries, this one included. */
  Deadline forOneOf(int tries) {
    long now = nanos.getAsLong();
    return new Deadline(now + (end - now) / tries, nanos);
  }

  boolean isOver() {
    return end - nanos.getAsLong() <= 0;
  }

  /**
   * The time left, for a socket: never zero, which means for ever.
   *
   * @throws SocketTimeoutException if there is none
   */
  int millis() throws SocketTimeoutException {
    long left = end - nanos.getAsLong();
    if (left <= 0) {
      throw new SocketTimeoutException("no time left");
    }
    return (int) Math.min(Integer.MAX_VALUE, left / MILLI + 1);
  }
}
