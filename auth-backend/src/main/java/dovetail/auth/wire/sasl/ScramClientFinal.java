package dovetail.auth.wire.sasl;

import dovetail.auth.wire.SaslData;
import java.util.List;

/**
 * The client's last message of SCRAM (RFC 5802 7).
 *
 * @param binding the header of its first message, and what TLS says if it is bound to that
 * @param nonce the server's
 * @param extensions mostly none
 * @param proof that it knows the password
 */
public record ScramClientFinal(
    SaslData binding, String nonce, List<ScramExtension> extensions, SaslData proof)
    implements AutoCloseable {
  /**
   * Such a message.
   *
   * @throws IllegalArgumentException if none can have that in it
   */
  public ScramClientFinal {
    if (!ScramAttributes.isNonce(nonce) || binding.length() == 0 || proof.length() == 0) {
      throw new IllegalArgumentException("no client's last message of SCRAM");
    }
    extensions = List.copyOf(extensions);
    // The proof comes once, at the end.
    if (extensions.stream().anyMatch(extension -> extension.name() == 'p')) {
      throw new IllegalArgumentException("an extension named as the proof");
    }
  }

  /** Reads it. */
  public static ScramClientFinal parse(SaslData message) throws MalformedSaslException {
    ScramAttributes parts = new ScramAttributes(message);
    SaslData binding = parts.base64('c');
    String nonce = parts.nonce();
    List<ScramExtension> extensions = parts.extensions(1);
    if (extensions.stream().anyMatch(extension -> extension.name() == 'p')) {
      throw new MalformedSaslException(SaslFault.PARTS);
    }
    return new ScramClientFinal(binding, nonce, extensions, parts.base64('p'));
  }

  /**
   * That it is the answer to what was asked, of the one who was.
   *
   * @param proofLength how many octets the proof has
   */
  public void requireAnswer(ScramClientFirst first, ScramServerFirst asked, int proofLength)
      throws MalformedSaslException {
    if (!nonce.equals(asked.nonce()) || !binding.equals(SaslData.ofText(first.header()))) {
      throw new MalformedSaslException(SaslFault.OTHER_LOGIN);
    }
    if (proof.length() != proofLength) {
      throw new MalformedSaslException(SaslFault.PROOF);
    }
  }

  /** The message as far as it is signed. */
  public String withoutProof() {
    return "c=" + ScramAttributes.base64(binding) + ",r=" + nonce + ScramExtension.text(extensions);
  }

  /** The message in octets. */
  public SaslData data() {
    return SaslData.ofText(withoutProof() + ",p=" + ScramAttributes.base64(proof));
  }

  /** Forgets the proof. */
  @Override
  public void close() {
    proof.close();
  }
}
