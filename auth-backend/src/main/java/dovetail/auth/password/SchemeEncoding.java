package dovetail.auth.password;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;

/** How data are written behind a scheme. */
enum SchemeEncoding {
  NONE,
  HEX,
  BASE64;

  /** The octets that stand there. */
  byte[] decode(String data) throws RefusedException {
    try {
      return switch (this) {
        case NONE -> data.getBytes(StandardCharsets.UTF_8);
        case HEX -> HexFormat.of().parseHex(data);
        case BASE64 -> Base64.getDecoder().decode(data);
      };
    } catch (IllegalArgumentException _) {
      throw new RefusedException(Refusal.MALFORMED);
    }
  }
}
