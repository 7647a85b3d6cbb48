package dovetail.counter;

import dovetail.counter.quota.Window;
import java.time.Duration;
import java.time.Instant;

/**
 * How much of a window is used.
 *
 * @param used now
 * @param reset for a refused demand when it would be granted, {@link Instant#MAX} if never; else
 *     when nothing is used any more
 */
public record Use(Window window, long used, Instant reset) {
  /** Of a quota that allows nothing; its window means nothing. */
  public static final Use NEVER = new Use(new Window(1, Duration.ofSeconds(1)), 0, Instant.MAX);
}
