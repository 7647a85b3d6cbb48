package dovetail.policy.wire;

/** Texts that stand in one line of an answer. */
final class Text {
  /** A reply's line has 512 octets in all (RFC 5321 4.5.3.1.5); Postfix puts words before ours. */
  private static final int MOST = 400;

  private Text() {}

  /** The text with nothing in it that could end its line or begin another answer. */
  static String line(String text) {
    StringBuilder line = new StringBuilder(Math.min(text.length(), MOST));
    int octets = 0;
    for (int i = 0; i < text.length(); ) {
      int c = plain(text.codePointAt(i));
      octets += octets(c);
      if (octets > MOST) {
        break;
      }
      line.appendCodePoint(c);
      i += Character.charCount(text.codePointAt(i));
    }
    String stripped = line.toString().strip();
    return stripped.isEmpty() ? "(no text)" : stripped;
  }

  /** How many it has in UTF-8. */
  private static int octets(int c) {
    return c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
  }

  private static int plain(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          '?';
      default -> c;
    };
  }
}
