package dovetail.dkim;

import dovetail.mail.HeaderField;
import java.util.Base64;
import java.util.List;

/**
 * Writes a DKIM-Signature field in lines of at most 78 columns where its tags allow. A fold is CRLF
 * and one space, and no line ends with a space: so nothing is left to change for relays that turn
 * line ends around or trim them.
 */
final class SignatureField {
  static final String NAME = "DKIM-Signature";

  /** RFC 5322 2.1.1. */
  private static final int WIDTH = 78;

  private final StringBuilder value = new StringBuilder(600);
  private int column = NAME.length() + 1;

  /** Adds a tag, in a new line where it does not fit into this one. */
  SignatureField tag(String name, String text) {
    startTag(name.length() + text.length() + 2);
    append(name + "=" + text + ";");
    return this;
  }

  /** Adds a list of names with colons between; it may be folded at any of them. */
  SignatureField list(String name, List<String> items) {
    String item = name + "=" + items.getFirst();
    startTag(item.length() + 1);
    append(item);
    for (String next : items.subList(1, items.size())) {
      append(":");
      if (column + next.length() + 1 > WIDTH) {
        fold();
      }
      append(next);
    }
    append(";");
    return this;
  }

  /** The field as it is hashed: with the b= tag empty, which stands last (RFC 6376 3.7). */
  HeaderField unsigned() {
    startTag(4);
    append("b=");
    return field();
  }

  /** The whole field, once {@link #unsigned} has been taken and signed. */
  HeaderField signed(byte[] signature) {
    String base64 = Base64.getEncoder().encodeToString(signature);
    int start = 0;
    while (start < base64.length()) {
      if (column >= WIDTH) {
        fold();
      }
      int end = Math.min(base64.length(), start + WIDTH - column);
      append(base64.substring(start, end));
      start = end;
    }
    return field();
  }

  private HeaderField field() {
    return HeaderField.of(NAME, value.toString());
  }

  private void startTag(int width) {
    if (column + 1 + width > WIDTH) {
      fold();
    } else {
      append(" ");
    }
  }

  private void fold() {
    value.append("\r\n ");
    column = 1;
  }

  private void append(String text) {
    value.append(text);
    column += text.length();
  }
}
