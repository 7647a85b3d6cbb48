package dovetail.spf;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Text as a part of a URL (RFC 3986 2.1). */
final class UrlText {
  private static final HexFormat HEX = HexFormat.of().withUpperCase();

  private UrlText() {}

  /** All but the unreserved characters becomes %XX. */
  static String escaped(String text) {
    StringBuilder escaped = new StringBuilder();
    for (byte octet : text.getBytes(StandardCharsets.UTF_8)) {
      if (isUnreserved(octet)) {
        escaped.append((char) octet);
      } else {
        escaped.append('%').append(HEX.toHexDigits(octet));
      }
    }
    return escaped.toString();
  }

  // RFC 3986 2.3.
  private static boolean isUnreserved(byte octet) {
    return (octet >= 'a' && octet <= 'z')
        || (octet >= 'A' && octet <= 'Z')
        || (octet >= '0' && octet <= '9')
        || "-._~".indexOf(octet) >= 0;
  }
}
