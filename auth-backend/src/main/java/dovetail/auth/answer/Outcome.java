package dovetail.auth.answer;

import java.time.Duration;

/**
 * What came of a login.
 *
 * @param reason what decided
 * @param user the account in its one spelling; what the client wrote, where there is none
 * @param delay how long the answer is to be held back
 */
public record Outcome(Reason reason, String user, Duration delay) {
  /** The same without a delay. */
  public Outcome atOnce() {
    return new Outcome(reason, user, Duration.ZERO);
  }
}
