package dovetail.dmarc;

import java.util.Locale;
import java.util.Optional;

/** How alike an authenticated domain and the author domain must be. */
public enum AlignmentMode {
  /** Of the same organizational domain (RFC 9989 3.2.10.1). */
  RELAXED,
  /** The same (RFC 9989 3.2.10.2). */
  STRICT;

  /** The letter in records. */
  public String letter() {
    return this == RELAXED ? "r" : "s";
  }

  /** The mode of that letter; case does not count. */
  public static Optional<AlignmentMode> of(String letter) {
    return switch (letter.toLowerCase(Locale.ROOT)) {
      case "r" -> Optional.of(RELAXED);
      case "s" -> Optional.of(STRICT);
      default -> Optional.empty();
    };
  }
}
