package dovetail.auth.wire;

/**
 * Text that is safe in answers. The codecs escape whatever would end a field, but Postfix takes
 * escapes for what stands there, writes the user's name into headers and policies, and a reason
 * into an SMTP answer: what holds no control character goes through as it is.
 */
public final class PlainText {
  /** The most octets of a user's name, in UTF-8. */
  public static final int MOST_NAME = 1_024;

  /** A reply's line has 512 octets in all (RFC 5321 4.5.3.1.5); Postfix puts words before ours. */
  public static final int MOST_REASON = 400;

  private PlainText() {}

  /** Whether it may be a user's name in an answer: not empty, not long, all of it printable. */
  public static boolean isName(String text) {
    if (text.isEmpty() || text.length() > MOST_NAME) {
      return false;
    }
    int octets = 0;
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      if (!isPrintable(c)) {
        return false;
      }
      octets += octets(c);
      i += Character.charCount(c);
    }
    return octets <= MOST_NAME;
  }

  /** The text as one line of an answer or of a log: what is not printable is ?, the rest is cut. */
  public static String line(String text) {
    StringBuilder line = new StringBuilder(Math.min(text.length(), MOST_REASON));
    int octets = 0;
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      int shown = isPrintable(c) ? c : '?';
      octets += octets(shown);
      if (octets > MOST_REASON) {
        break;
      }
      line.appendCodePoint(shown);
      i += Character.charCount(c);
    }
    return line.toString();
  }

  private static int octets(int c) {
    return c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
  }

  private static boolean isPrintable(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }
}
