package dovetail.counter.quota;

import java.time.Duration;

/**
 * So much in so long a time.
 *
 * @param most at least 1 and at most {@link #MOST}
 * @param length whole seconds, at least one and at most ten years
 */
public record Window(long most, Duration length) {
  /** More than any limit needs, in messages or in octets. */
  public static final long MOST = 100_000_000_000_000L;

  private static final Duration LONGEST = Duration.ofDays(3653);

  /**
   * @throws IllegalArgumentException if one of them is outside of its bounds
   */
  public Window {
    if (most < 1 || most > MOST) {
      throw new IllegalArgumentException("expected 1 to " + MOST + ", not " + most);
    }
    if (length.getSeconds() < 1 || length.getNano() != 0 || length.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          "expected whole seconds, at least one and at most ten years, not " + length);
    }
  }

  /** For example {@code 100/1h}; the unit is the largest that leaves a whole number. */
  @Override
  public String toString() {
    long seconds = length.toSeconds();
    TimeUnitName unit = TimeUnitName.largestOf(seconds);
    return most + "/" + seconds / unit.seconds() + unit.letter();
  }
}
