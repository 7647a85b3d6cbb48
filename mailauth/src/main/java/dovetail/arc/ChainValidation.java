package dovetail.arc;

import java.util.Locale;
import java.util.Optional;

/** The cv= tag: what a sealer found of the chain before its own set (RFC 8617 4.4). */
public enum ChainValidation {
  /** There was none. */
  NONE,
  /** It was whole. */
  PASS,
  /** It was broken. */
  FAIL;

  /** The word of the tag. */
  public String tag() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The status of that word; case counts, as in all tags (RFC 6376 3.2). */
  static Optional<ChainValidation> parse(String tag) {
    for (ChainValidation each : values()) {
      if (each.tag().equals(tag)) {
        return Optional.of(each);
      }
    }
    return Optional.empty();
  }

  /** What a chain's seal of that instance must say (RFC 8617 5.2, step 3). */
  static ChainValidation expected(int instance) {
    return instance == 1 ? NONE : PASS;
  }
}
