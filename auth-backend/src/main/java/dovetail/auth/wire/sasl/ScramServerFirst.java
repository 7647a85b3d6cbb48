package dovetail.auth.wire.sasl;

import dovetail.auth.wire.SaslData;
import java.util.List;

/**
 * The server's first message of SCRAM (RFC 5802 7).
 *
 * @param nonce the client's with the server's behind it
 * @param salt of the password, not empty
 * @param iterations how often it is hashed, at least 1
 * @param extensions mostly none
 */
public record ScramServerFirst(
    String nonce, SaslData salt, int iterations, List<ScramExtension> extensions) {
  /**
   * Such a message.
   *
   * @throws IllegalArgumentException if none can have that in it
   */
  public ScramServerFirst {
    if (!ScramAttributes.isNonce(nonce) || salt.length() == 0 || iterations < 1) {
      throw new IllegalArgumentException("no server's first message of SCRAM");
    }
    extensions = List.copyOf(extensions);
  }

  /** Reads it. */
  public static ScramServerFirst parse(SaslData message) throws MalformedSaslException {
    ScramAttributes parts = new ScramAttributes(message);
    return new ScramServerFirst(
        parts.nonce(), parts.base64('s'), iterations(parts.value('i')), parts.extensions(0));
  }

  private static int iterations(String digits) throws MalformedSaslException {
    if (!digits.matches("[1-9][0-9]{0,9}") || Long.parseLong(digits) > Integer.MAX_VALUE) {
      throw new MalformedSaslException(SaslFault.NUMBER);
    }
    return Integer.parseInt(digits);
  }

  /** The message, all of which is signed. */
  public String text() {
    return "r="
        + nonce
        + ",s="
        + ScramAttributes.base64(salt)
        + ",i="
        + iterations
        + ScramExtension.text(extensions);
  }

  /** The message in octets. */
  public SaslData data() {
    return SaslData.ofText(text());
  }
}
