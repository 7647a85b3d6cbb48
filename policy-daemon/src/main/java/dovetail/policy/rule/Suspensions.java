package dovetail.policy.rule;

import dovetail.counter.Suspension;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Accounts that may not send at the moment. For any thread. */
public interface Suspensions {
  /** Who is stopped again within that time after a suspension has ended is stopped for longer. */
  Duration REMEMBERED = Duration.ofDays(1);

  /** Whether an account is stopped at that moment. */
  Optional<Suspension> of(String account, Instant now);

  /** The suspension of an account that has ended by itself, no longer ago than a day. */
  Optional<Suspension> ended(String account, Instant now);

  /**
   * Stops an account, and tells the administrator if nobody has.
   *
   * @param rule the rule that does it
   */
  void suspend(Suspension suspension, String rule);

  /** Whether those who are stopped are: otherwise what they send goes on. */
  default boolean areObeyed() {
    return true;
  }

  /**
   * A message of an account waits in the hold queue.
   *
   * @param suspension for which it waits
   * @param queueId Postfix's name for it; may be empty
   */
  void held(Suspension suspension, String queueId);
}
