package dovetail.dmarc;

import java.util.Locale;
import java.util.Optional;

/** What a record says of its domain: whether others register names below it (RFC 9989 4.7, psd). */
public enum PublicSuffix {
  /** They do. */
  YES,
  /** They do not, and the domain is an organizational domain. */
  NO,
  /** It is not a suffix, and may or may not be an organizational domain. */
  UNDECLARED;

  /** The letter in records. */
  public String letter() {
    return switch (this) {
      case YES -> "y";
      case NO -> "n";
      case UNDECLARED -> "u";
    };
  }

  static Optional<PublicSuffix> of(String letter) {
    return switch (letter.toLowerCase(Locale.ROOT)) {
      case "y" -> Optional.of(YES);
      case "n" -> Optional.of(NO);
      case "u" -> Optional.of(UNDECLARED);
      default -> Optional.empty();
    };
  }
}
