package dovetail.counter;

import java.time.Duration;
import java.time.ZoneId;

/**
 * How counters are kept.
 *
 * @param zone whose days calendar windows go by
 * @param strangers how many counters strangers may have, at most
 * @param pause how often a database is told what was counted; a killed process loses no more
 * @param batch how much a counter may hold that a database shared by several hosts does not know,
 *     by the weights of its demands
 */
public record CounterSettings(ZoneId zone, int strangers, Duration pause, long batch) {
  private static final Duration PAUSE = Duration.ofMillis(500);
  private static final long BATCH = 10;

  /**
   * @throws IllegalArgumentException if a number is negative, or the pause no time
   */
  public CounterSettings {
    if (strangers < 0 || batch < 0 || pause.isNegative() || pause.isZero()) {
      throw new IllegalArgumentException("out of bounds");
    }
  }

  /** With half a second and 10. */
  public static CounterSettings of(ZoneId zone, int strangers) {
    return new CounterSettings(zone, strangers, PAUSE, BATCH);
  }
}
