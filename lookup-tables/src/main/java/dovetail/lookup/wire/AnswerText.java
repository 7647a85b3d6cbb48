package dovetail.lookup.wire;

import java.nio.charset.StandardCharsets;

/** What may stand in answers. */
final class AnswerText {
  private static final int MOST_VALUE_BYTES = Reply.MAX_BYTES - "OK ".length();
  private static final int MOST_BYTES_OF_A_CHAR = 3;

  /** Postfix logs no more of a reason. */
  private static final int MOST_REASON = 200;

  private AnswerText() {}

  static boolean isValue(String value) {
    return !value.isEmpty() && isPrintable(value) && fits(value);
  }

  /** What is wrong with a value. */
  static String fault(String value) {
    if (value.isEmpty()) {
      return "the value is empty";
    }
    return fits(value)
        ? "the value has control characters"
        : "the value is longer than " + MOST_VALUE_BYTES + " bytes";
  }

  private static boolean fits(String value) {
    return value.length() <= MOST_VALUE_BYTES / MOST_BYTES_OF_A_CHAR
        || (value.length() <= MOST_VALUE_BYTES
            && value.getBytes(StandardCharsets.UTF_8).length <= MOST_VALUE_BYTES);
  }

  private static boolean isPrintable(String value) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c < ' ' || c >= 0x7F) {
        return value.codePoints().allMatch(AnswerText::isPrintable);
      }
    }
    return true;
  }

  private static boolean isPrintable(int c) {
    int type = Character.getType(c);
    return type != Character.CONTROL && type != Character.SURROGATE;
  }

  /** A reason as it may be sent: one short line. */
  static String reason(String text) {
    StringBuilder printable = new StringBuilder(Math.min(text.length(), MOST_REASON));
    text.codePoints()
        .limit(MOST_REASON)
        .forEach(c -> printable.appendCodePoint(isPrintable(c) ? c : '?'));
    return printable.toString();
  }
}
