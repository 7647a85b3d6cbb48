package dovetail.policy.rule;

import java.time.Instant;
import java.util.Optional;

/** Accounts that may not send at the moment. For any thread. */
public interface Suspensions {
  /**
   * One that was stopped.
   *
   * @param until when it may send again
   * @param cause what it did
   * @param detail the same with figures, for the administrator
   */
  record Suspension(
      String account, Instant since, Instant until, Breaker.Cause cause, String detail) {}

  /** Whether an account is stopped at that moment. */
  Optional<Suspension> of(String account, Instant now);

  /**
   * Stops an account, and tells the administrator if nobody has.
   *
   * @param rule the rule that does it
   */
  void suspend(Suspension suspension, String rule);

  /**
   * A message of an account waits in the hold queue.
   *
   * @param queueId Postfix's name for it; may be empty
   */
  void held(String account, String queueId);
}
