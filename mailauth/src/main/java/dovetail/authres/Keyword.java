package dovetail.authres;

import java.util.Locale;

/** The names in results: letters, digits and hyphens, case does not count (RFC 8601 2.2). */
final class Keyword {
  /** No registered name has half of it. */
  static final int MAX_LENGTH = 64;

  private Keyword() {}

  /**
   * A keyword in lower case.
   *
   * @throws IllegalArgumentException if it is none
   */
  static String of(String text) {
    if (!is(text)) {
      throw new IllegalArgumentException("no keyword: " + text);
    }
    return text.toLowerCase(Locale.ROOT);
  }

  /** Whether that is a keyword: it may be anything but end with a hyphen. */
  static boolean is(String text) {
    return !text.isEmpty()
        && text.length() <= MAX_LENGTH
        && !text.endsWith("-")
        && text.chars().allMatch(c -> isLetterOrDigit(c) || c == '-');
  }

  static boolean isLetterOrDigit(int c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || isDigit(c);
  }

  static boolean isDigit(int c) {
    return c >= '0' && c <= '9';
  }
}
