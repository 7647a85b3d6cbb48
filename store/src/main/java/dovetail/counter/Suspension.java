package dovetail.counter;

import java.time.Duration;
import java.time.Instant;

/**
 * An account that may not send for a time.
 *
 * @param account its login
 * @param cause one word: what it did
 * @param detail the same with figures, for the administrator
 */
public record Suspension(
    String account, Instant since, Instant until, String cause, String detail) {
  /** For how long. */
  public Duration length() {
    return Duration.between(since, until);
  }

  /** Whether it holds then; never for longer than it was meant for, if the clock was set back. */
  public boolean holds(Instant now) {
    return now.isBefore(until) && now.isAfter(since.minus(length()));
  }

  /** Whether it has ended then, and no longer ago than that. */
  public boolean hasEnded(Instant now, Duration within) {
    return !now.isBefore(until) && now.isBefore(until.plus(within));
  }
}
