package dovetail.mail;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;

/**
 * One header field exactly as it travels: the bytes from its name to the last byte before its
 * closing CRLF, folds included as CRLF. Nothing is normalised, because DKIM hashes what stands here
 * (RFC 6376 3.4.1).
 */
public final class HeaderField {
  private final byte[] raw;
  private final int colon;

  private HeaderField(byte[] raw, int colon) {
    this.raw = raw;
    this.colon = colon;
  }

  /**
   * A field from what stands before and after its colon.
   *
   * @param name the name, without the colon
   * @param value all that follows the colon, leading space included; a bare LF, as the milter
   *     protocol folds, becomes CRLF
   */
  public static HeaderField of(byte[] name, byte[] value) {
    int bareLineFeeds = 0;
    for (int i = 0; i < value.length; i++) {
      if (isBareLineFeed(value, i)) {
        bareLineFeeds++;
      }
    }
    byte[] raw = new byte[name.length + 1 + value.length + bareLineFeeds];
    System.arraycopy(name, 0, raw, 0, name.length);
    raw[name.length] = ':';
    int at = name.length + 1;
    if (bareLineFeeds == 0) {
      System.arraycopy(value, 0, raw, at, value.length);
      return new HeaderField(raw, name.length);
    }
    for (int i = 0; i < value.length; i++) {
      if (isBareLineFeed(value, i)) {
        raw[at++] = '\r';
      }
      raw[at++] = value[i];
    }
    return new HeaderField(raw, name.length);
  }

  /** A field from text in which each character stands for one byte (ISO 8859-1). */
  public static HeaderField of(String name, String value) {
    return of(
        name.getBytes(StandardCharsets.ISO_8859_1), value.getBytes(StandardCharsets.ISO_8859_1));
  }

  private static boolean isBareLineFeed(byte[] value, int i) {
    return value[i] == '\n' && (i == 0 || value[i - 1] != '\r');
  }

  /** The name as it is written, without white space before the colon. */
  public String name() {
    int end = colon;
    while (end > 0 && (raw[end - 1] == ' ' || raw[end - 1] == '\t')) {
      end--;
    }
    return new String(raw, 0, end, StandardCharsets.ISO_8859_1);
  }

  /** Whether this field has that name; case does not count (RFC 5322 1.2.2). */
  public boolean is(String name) {
    int length = name.length();
    if (length > colon) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      if (lower(raw[i]) != lower((byte) name.charAt(i))) {
        return false;
      }
    }
    for (int i = length; i < colon; i++) {
      if (raw[i] != ' ' && raw[i] != '\t') {
        return false;
      }
    }
    return true;
  }

  private static int lower(byte b) {
    return b >= 'A' && b <= 'Z' ? b + ('a' - 'A') : b;
  }

  /** A copy of the whole field: name, colon and value, without the closing CRLF. */
  public byte[] raw() {
    return raw.clone();
  }

  /** How many bytes the field has, without its closing CRLF. */
  public int length() {
    return raw.length;
  }

  /** The byte at {@code index} of {@link #raw()}, without copying. */
  public byte byteAt(int index) {
    return raw[Objects.checkIndex(index, raw.length)];
  }

  /** Where the colon stands in {@link #raw()}; the value begins behind it. */
  public int colon() {
    return colon;
  }

  /** The value as it is, folds and leading space included, one character for each byte. */
  public String value() {
    return new String(raw, colon + 1, raw.length - colon - 1, StandardCharsets.ISO_8859_1);
  }

  /** The value with its folds undone (RFC 5322 2.2.3), one character for each byte. */
  public String unfolded() {
    String value = value();
    return value.indexOf('\r') < 0 && value.indexOf('\n') < 0
        ? value
        : value.replace("\r\n", "").replace("\n", "").replace("\r", "");
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof HeaderField field && Arrays.equals(raw, field.raw);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(raw);
  }

  /** The field with its line ends and other control characters made visible, for messages. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(raw.length);
    for (byte b : raw) {
      int c = b & 0xFF;
      if (c < 0x20 || c >= 0x7F) {
        text.append(String.format("\\x%02x", c));
      } else {
        text.append((char) c);
      }
    }
    return text.toString();
  }
}
