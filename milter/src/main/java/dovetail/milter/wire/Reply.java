package dovetail.milter.wire;

import java.util.regex.Pattern;

/** The answer that ends an event. */
public sealed interface Reply {
  /** Go on. */
  record Continue() implements Reply {}

  /** Take the message as it is, with the edits sent before. */
  record Accept() implements Reply {}

  /**
   * Refuse with a text of ours.
   *
   * @param code an SMTP reply code of the classes 4 and 5
   * @param enhanced an enhanced status code of the same class (RFC 3463)
   * @param text one line of printable ASCII
   */
  record Refuse(int code, String enhanced, String text) implements Reply {
    private static final Pattern ENHANCED = Pattern.compile("[45](\\.[0-9]{1,3}){2}");

    public Refuse {
      boolean permanent = code >= 500 && code <= 599;
      boolean temporary = code >= 400 && code <= 499;
      if (!permanent && !temporary) {
        throw new IllegalArgumentException("not a code of refusal: " + code);
      }
      if (!ENHANCED.matcher(enhanced).matches() || enhanced.startsWith("5") != permanent) {
        throw new IllegalArgumentException(enhanced + " does not go with " + code);
      }
      if (!text.chars().allMatch(c -> c >= ' ' && c < 0x7F)) {
        throw new IllegalArgumentException("not printable ASCII: " + text);
      }
    }

    /** Whether the client may try again. */
    public boolean temporary() {
      return code < 500;
    }
  }
}
