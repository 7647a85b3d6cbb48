package dovetail.keys;

import dovetail.mail.Domain;
import java.time.Instant;
import java.util.Locale;

/**
 * A DKIM key of a domain.
 *
 * @param algorithm as in the tag k= (RFC 6376 3.6.1): {@code rsa} or {@code ed25519}
 * @param since when it came into its state
 * @param pem the private key, which no text shows
 */
public record StoredKey(
    Domain domain, String selector, String algorithm, State state, Instant since, String pem) {
  /** What becomes of a key, in that order. */
  public enum State {
    /** Its record is being published; it does not sign yet. */
    PENDING,
    /** It signs. */
    ACTIVE,
    /** It signs no more; its record is needed as long as mail that it has signed is under way. */
    RETIRED;

    /** Its name for people and in the database. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @Override
  public String toString() {
    return selector + "._domainkey." + domain + " (" + algorithm + ", " + state.word() + ")";
  }
}
