package dovetail.auth.source;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Sees to it that work that can wait takes a quarter of one thread's time at most, though it may
 * come in small bursts: after a move, a thousand people who log in are not to wait for what is only
 * done for later. For any thread.
 */
final class Leisure {
  private static final int SHARE = 4;
  private static final long BURST = Duration.ofSeconds(1).toNanos();

  private final LongSupplier nanos;

  /** By when all that was done is a quarter of the time. */
  private final AtomicLong even;

  /**
   * @param nanos a clock that only goes forward, in nanoseconds
   */
  Leisure(LongSupplier nanos) {
    this.nanos = nanos;
    this.even = new AtomicLong(nanos.getAsLong());
  }

  /** Whether there is time for more. */
  boolean isThere() {
    return even.get() - nanos.getAsLong() < BURST;
  }

  /**
   * Something was done.
   *
   * @param began when, by the same clock
   */
  void spent(long began) {
    long now = nanos.getAsLong();
    even.accumulateAndGet(
        SHARE * (now - began), (at, more) -> at - now > 0 ? at + more : now + more);
  }
}
