package dovetail.mail;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Reads octets that may be UTF-8 (RFC 6532 3.2), or of an older charset that nobody names. */
public final class Utf8 {
  private Utf8() {}

  /** The text that those octets are in UTF-8; nothing if they are none. */
  public static Optional<String> strict(byte[] octets) {
    try {
      return Optional.of(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(octets)).toString());
    } catch (CharacterCodingException _) {
      return Optional.empty();
    }
  }

  /** The text that those octets are in UTF-8; where they are none, one character for each. */
  public static String tolerant(byte[] octets) {
    return strict(octets).orElseGet(() -> new String(octets, StandardCharsets.ISO_8859_1));
  }

  /** The same for text with one character for each octet, as header fields have it. */
  public static String tolerant(String octets) {
    return tolerant(octets.getBytes(StandardCharsets.ISO_8859_1));
  }
}
