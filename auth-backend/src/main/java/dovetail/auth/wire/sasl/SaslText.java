package dovetail.auth.wire.sasl;

import dovetail.auth.wire.SaslData;
import dovetail.mail.Utf8;
import java.util.Arrays;

/** Texts in messages: UTF-8 without NUL. */
final class SaslText {
  private SaslText() {}

  static String of(SaslData data) throws MalformedSaslException {
    return of(data.octets(), 0, data.length());
  }

  static String of(byte[] octets, int start, int end) throws MalformedSaslException {
    for (int i = start; i < end; i++) {
      if (octets[i] == 0) {
        throw new MalformedSaslException(SaslFault.TEXT);
      }
    }
    return Utf8.strict(Arrays.copyOfRange(octets, start, end))
        .orElseThrow(() -> new MalformedSaslException(SaslFault.TEXT));
  }

  /** A text that is not empty. */
  static String name(byte[] octets, int start, int end) throws MalformedSaslException {
    if (start == end) {
      throw new MalformedSaslException(SaslFault.EMPTY);
    }
    return of(octets, start, end);
  }

  /**
   * That a text may be a name in a message.
   *
   * @throws IllegalArgumentException if not
   */
  static void requireName(String name) {
    if (name.isEmpty() || name.indexOf('\0') >= 0) {
      throw new IllegalArgumentException("no name for a SASL message");
    }
  }

  /** Reads a saslname (RFC 5802 5.1). */
  static String unescaped(String name) throws MalformedSaslException {
    if (name.isEmpty()) {
      throw new MalformedSaslException(SaslFault.EMPTY);
    }
    StringBuilder text = new StringBuilder(name.length());
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c == ',') {
        throw new MalformedSaslException(SaslFault.NAME);
      }
      if (c != '=') {
        text.append(c);
      } else if (name.startsWith("=2C", i)) {
        text.append(',');
        i += 2;
      } else if (name.startsWith("=3D", i)) {
        text.append('=');
        i += 2;
      } else {
        throw new MalformedSaslException(SaslFault.NAME);
      }
    }
    return text.toString();
  }

  /** Writes a saslname. */
  static String escaped(String text) {
    return text.replace("=", "=3D").replace(",", "=2C");
  }
}
