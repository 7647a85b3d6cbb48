package dovetail.observe;

/**
 * Makes text safe for a log line. Peers choose much of what is logged: nothing of theirs may start
 * a new line, move a terminal's cursor or hide what follows.
 */
public final class LogText {
  private LogText() {}

  /** Appends text; line breaks, control and invisible characters become escapes. */
  public static void append(StringBuilder line, String text) {
    int length = text.length();
    int i = 0;
    while (i < length) {
      char c = text.charAt(i);
      if (c >= ' ' && c < 0x7f) {
        line.append(c);
        i++;
      } else {
        int codePoint = text.codePointAt(i);
        appendOther(line, codePoint);
        i += Character.charCount(codePoint);
      }
    }
  }

  /** Appends a value of key=value: in quotes where it would not be one word otherwise. */
  static void appendValue(StringBuilder line, String value) {
    if (isPlainWord(value)) {
      line.append(value);
      return;
    }
    line.append('"');
    for (int i = 0; i < value.length(); ) {
      int codePoint = value.codePointAt(i);
      if (codePoint == '"' || codePoint == '\\') {
        line.append('\\').append((char) codePoint);
      } else if (codePoint >= ' ' && codePoint < 0x7f) {
        line.append((char) codePoint);
      } else {
        appendOther(line, codePoint);
      }
      i += Character.charCount(codePoint);
    }
    line.append('"');
  }

  /** Printable ASCII without space, quote or backslash: nearly every value. */
  private static boolean isPlainWord(String value) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c <= ' ' || c >= 0x7f || c == '"' || c == '\\') {
        return false;
      }
    }
    return !value.isEmpty();
  }

  private static void appendOther(StringBuilder line, int codePoint) {
    switch (codePoint) {
      case '\n' -> line.append("\\n");
      case '\r' -> line.append("\\r");
      case '\t' -> line.append("\\t");
      default -> {
        if (isPrintable(codePoint)) {
          line.appendCodePoint(codePoint);
        } else {
          line.append("\\u{").append(Integer.toHexString(codePoint)).append('}');
        }
      }
    }
  }

  static boolean isPrintable(int codePoint) {
    return switch (Character.getType(codePoint)) {
      // FORMAT holds the marks that turn the direction of text.
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }

  /** Text that a JSON writer can take: what is not printable becomes an escape in the text. */
  static String printable(String text) {
    if (text.codePoints().allMatch(c -> c == '\n' || c == '\t' || isPrintable(c))) {
      return text;
    }
    StringBuilder safe = new StringBuilder(text.length() + 16);
    append(safe, text);
    return safe.toString();
  }
}
