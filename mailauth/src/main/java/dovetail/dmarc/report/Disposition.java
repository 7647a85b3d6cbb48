package dovetail.dmarc.report;

import java.util.Locale;
import java.util.Optional;

/** What a receiver did with messages (RFC 9990 3.1.1.9). */
public enum Disposition {
  /** They failed, and nothing was done. */
  NONE,
  /** They passed. */
  PASS,
  QUARANTINE,
  REJECT,
  /** The report does not say, or says what is not known. */
  UNSPECIFIED;

  /** The word in reports; nothing for what is not said. */
  Optional<String> word() {
    return this == UNSPECIFIED ? Optional.empty() : Optional.of(name().toLowerCase(Locale.ROOT));
  }

  static Disposition of(String word) {
    return switch (word.toLowerCase(Locale.ROOT)) {
      case "none" -> NONE;
      case "pass" -> PASS;
      case "quarantine" -> QUARANTINE;
      case "reject" -> REJECT;
      default -> UNSPECIFIED;
    };
  }
}
