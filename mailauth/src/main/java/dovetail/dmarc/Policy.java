package dovetail.dmarc;

import java.util.Locale;
import java.util.Optional;

/** What a domain's owner asks to be done with mail that fails (RFC 9989 4.7), the mildest first. */
public enum Policy {
  /** Nothing. */
  NONE,
  /** To treat it as suspicious. */
  QUARANTINE,
  /** To refuse it. */
  REJECT;

  private final String word = name().toLowerCase(Locale.ROOT);

  /** The word in records and results. */
  public String word() {
    return word;
  }

  /** The policy of that word; case does not count. */
  public static Optional<Policy> of(String word) {
    return switch (word.toLowerCase(Locale.ROOT)) {
      case "none" -> Optional.of(NONE);
      case "quarantine" -> Optional.of(QUARANTINE);
      case "reject" -> Optional.of(REJECT);
      default -> Optional.empty();
    };
  }

  /** One level below (RFC 9989 4.7, t=y). */
  Policy lower() {
    return switch (this) {
      case NONE, QUARANTINE -> NONE;
      case REJECT -> QUARANTINE;
    };
  }
}
