package dovetail.auth.answer;

import dovetail.directory.StoredHash;
import java.time.Duration;
import java.util.Optional;

/**
 * What came of a login.
 *
 * @param reason what decided
 * @param user the account in its one spelling; what the client wrote, where there is none
 * @param delay how long the answer is to be held back
 * @param verified the stored password that it was by, for who has logged in to change it; nothing
 *     for all others
 */
public record Outcome(Reason reason, String user, Duration delay, Optional<StoredHash> verified) {
  /** Whose password is not to be changed. */
  public Outcome(Reason reason, String user, Duration delay) {
    this(reason, user, delay, Optional.empty());
  }

  /** The same without a delay. */
  public Outcome atOnce() {
    return new Outcome(reason, user, Duration.ZERO, verified);
  }
}
