package dovetail.outbox;

import dovetail.mail.Atoms;

/**
 * What the relay said to a command (RFC 5321 4.2).
 *
 * @param code three digits as a number; negative if it was no reply of SMTP
 * @param text its text without the codes, on one line, printable and short
 */
record Reply(int code, String text) {
  /** Characters of a text, as many as two usual lines; the rest is cut off. */
  static final int MAX_TEXT = 400;

  /** What Angus takes for the lines of a reply when there are none any more. */
  private static final String END = "[EOF]";

  private static final int FIRST_CODE = 200;
  private static final int FIRST_INTERMEDIATE = 300;
  private static final int FIRST_PERMANENT = 500;
  private static final int LAST_CODE = 599;

  /**
   * A reply as it was read.
   *
   * @param code what stands for its code, if anything does
   * @param lines its lines, codes included
   */
  static Reply read(int code, String lines) {
    boolean known = code >= FIRST_CODE && code <= LAST_CODE;
    StringBuilder text = new StringBuilder();
    for (String line : lines.split("\n", -1)) {
      int start = known ? Math.min(4, line.length()) : 0;
      append(text, line.substring(start).strip());
      if (text.length() > MAX_TEXT) {
        break;
      }
    }
    text.setLength(Math.min(text.length(), MAX_TEXT));
    return new Reply(known ? code : -1, text.toString());
  }

  /** A text of a stranger on one line, printable and short. */
  static String printable(String text) {
    return read(-1, text).text();
  }

  /** Runs of what cannot be shown become one mark, however Java has decoded them. */
  private static void append(StringBuilder text, String line) {
    if (!line.isEmpty() && !text.isEmpty()) {
      text.append(' ');
    }
    boolean marked = false;
    for (int i = 0; i < line.length() && text.length() <= MAX_TEXT; i++) {
      char c = line.charAt(i);
      boolean shown = c < 0x7F && Atoms.isPlain(c);
      if (shown || !marked) {
        text.append(shown ? c : '?');
      }
      marked = !shown;
    }
  }

  /** Whether it says that all went well. */
  boolean isPositive() {
    return code >= FIRST_CODE && code < FIRST_INTERMEDIATE;
  }

  /** Whether it is not worth trying again. */
  boolean isPermanent() {
    return code >= FIRST_PERMANENT;
  }

  /** Whether it is one of SMTP at all. */
  boolean isReply() {
    return code >= FIRST_CODE;
  }

  /** Whether there was none, and nothing more can come. */
  boolean isEnd() {
    return !isReply() && text.equals(END);
  }

  @Override
  public String toString() {
    return isReply() ? code + " " + text : '"' + text + '"';
  }
}
