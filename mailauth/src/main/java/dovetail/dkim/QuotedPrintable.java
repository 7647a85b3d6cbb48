package dovetail.dkim;

import dovetail.mail.Utf8;
import dovetail.tag.TagList;
import java.io.ByteArrayOutputStream;
import java.util.Optional;

/** DKIM's own quoted-printable, in which white space means nothing (RFC 6376 2.11). */
final class QuotedPrintable {
  private QuotedPrintable() {}

  /** The text behind the encoding; nothing if an equals sign has no two hexadecimal digits. */
  static Optional<String> decode(String value) {
    String text = TagList.withoutSpace(value);
    ByteArrayOutputStream octets = new ByteArrayOutputStream(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '=') {
        int high = i + 2 < text.length() ? Character.digit(text.charAt(i + 1), 16) : -1;
        int low = high < 0 ? -1 : Character.digit(text.charAt(i + 2), 16);
        if (low < 0) {
          return Optional.empty();
        }
        octets.write(high << 4 | low);
        i += 2;
      } else {
        octets.write(c);
      }
    }
    return Optional.of(Utf8.tolerant(octets.toByteArray()));
  }
}
