package dovetail.auth.answer;

import java.time.Instant;

/**
 * That somebody may not log in for a time.
 *
 * @param kind what is stopped
 * @param subject the login, the client's network, or both with a blank between them
 * @param until when it ends
 * @param reason for people
 */
public record Block(Kind kind, String subject, Instant until, String reason) {
  /** What is stopped. */
  public enum Kind {
    /** An account, for clients that it is not known to use. */
    ACCOUNT,
    /** A client, for accounts that are not known to use it. */
    CLIENT,
    /** An account at a client that it is known to use. */
    PAIR
  }

  /** Whether it still holds. */
  public boolean holds(Instant now) {
    return now.isBefore(until);
  }
}
