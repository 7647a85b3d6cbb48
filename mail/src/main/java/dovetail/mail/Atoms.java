package dovetail.mail;

import java.nio.charset.StandardCharsets;

/** The character classes of addresses (RFC 5322 3.2.3, RFC 6532 3.2). */
public final class Atoms {
  private static final String MARKS = "!#$%&'*+-/=?^_`{|}~";
  private static final int ASCII = 0x80;
  private static final boolean[] ATEXT = new boolean[ASCII];

  static {
    for (int c = 0; c < ASCII; c++) {
      ATEXT[c] =
          (c >= 'a' && c <= 'z')
              || (c >= 'A' && c <= 'Z')
              || (c >= '0' && c <= '9')
              || MARKS.indexOf(c) >= 0;
    }
  }

  private Atoms() {}

  /** Whether that character or byte may stand in an atom; all beyond ASCII may. */
  static boolean isAtext(int c) {
    return c >= ASCII || (c >= 0 && ATEXT[c]);
  }

  /** Whether that text can stand without quotes before an {@code @} (RFC 5322 dot-atom). */
  public static boolean isDotAtom(String text) {
    char before = '.';
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '.' ? before == '.' : !isAtext(c)) {
        return false;
      }
      before = c;
    }
    return before != '.';
  }

  /**
   * Whether that text shows as what it is: no control characters, no halves of surrogate pairs, no
   * separators of lines, and nothing that turns the direction of reading.
   */
  static boolean isPlain(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < ' ' || c > '~') {
        return text.codePoints().allMatch(Atoms::isPlain);
      }
    }
    return true;
  }

  /** Whether that character is plain, as {@link #isPlain(String)} has it of a text. */
  public static boolean isPlain(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> !(c >= 0x202A && c <= 0x202E) && !(c >= 0x2066 && c <= 0x2069);
    };
  }

  /** How many octets that text has on the wire. */
  static int octets(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }
}
