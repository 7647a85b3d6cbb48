package dovetail.dkim;

import dovetail.mail.HeaderField;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How much a message may change on its way before a signature breaks (RFC 6376 3.4). */
public enum Canonicalization {
  /** Next to nothing may change. */
  SIMPLE,
  /** White space may change, and the case of header field names. */
  RELAXED;

  /** The name as the c= tag has it. */
  public String tag() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The algorithm of that name; case does not count. */
  public static Optional<Canonicalization> parse(String name) {
    for (Canonicalization each : values()) {
      if (each.name().equalsIgnoreCase(name)) {
        return Optional.of(each);
      }
    }
    return Optional.empty();
  }

  /** The bytes of a field that are hashed, without the CRLF that ends it. */
  public byte[] header(HeaderField field) {
    return switch (this) {
      case SIMPLE -> field.raw(); // RFC 6376 3.4.1
      case RELAXED -> relaxed(field);
    };
  }

  /** RFC 6376 3.4.2: a bare CR or LF is no white space and stays. */
  private static byte[] relaxed(HeaderField field) {
    byte[] raw = field.raw();
    int colon = field.colon();
    byte[] out = new byte[raw.length];
    int length = 0;
    while (length < colon && !isSpace(raw[length])) {
      out[length] = lower(raw[length]);
      length++;
    }
    for (int i = length; i < colon; i++) {
      if (!isSpace(raw[i])) { // a name with a space inside is no name; keep what verifiers keep
        out[length++] = lower(raw[i]);
      }
    }
    out[length++] = ':';
    int valueStart = length;
    boolean space = false;
    for (int i = colon + 1; i < raw.length; i++) {
      byte b = raw[i];
      if (isSpace(b)) {
        space = true;
      } else if (b == '\r' && i + 1 < raw.length && raw[i + 1] == '\n') {
        i++;
      } else {
        if (space && length > valueStart) {
          out[length++] = ' ';
        }
        space = false;
        out[length++] = b;
      }
    }
    return Arrays.copyOf(out, length);
  }

  private static boolean isSpace(byte b) {
    return b == ' ' || b == '\t';
  }

  private static byte lower(byte b) {
    return b >= 'A' && b <= 'Z' ? (byte) (b + ('a' - 'A')) : b;
  }
}
