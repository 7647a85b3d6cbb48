package dovetail.auth.answer;

import dovetail.auth.token.TokenFault;
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
 * @param fault what is wrong with the token, if that is why
 */
public record Outcome(
    Reason reason,
    String user,
    Duration delay,
    Optional<StoredHash> verified,
    Optional<TokenFault> fault) {
  /** Whose password is not to be changed, and that has nothing to do with a token. */
  public Outcome(Reason reason, String user, Duration delay) {
    this(reason, user, delay, Optional.empty(), Optional.empty());
  }

  Outcome with(TokenFault why) {
    return new Outcome(reason, user, delay, verified, Optional.of(why));
  }

  /** The same without a delay. */
  public Outcome atOnce() {
    return new Outcome(reason, user, Duration.ZERO, verified, fault);
  }
}
