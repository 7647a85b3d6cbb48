package dovetail.auth.wire.sasl;

import dovetail.auth.wire.SaslData;
import java.util.List;
import java.util.Optional;

/**
 * The client's first message of SCRAM (RFC 5802 7), of which RFC 7677 changes only the hash. What
 * was read is written as it was, so that signatures over it can be made from here.
 *
 * @param binding what is said about TLS
 * @param authorization who the user wants to act as, if he says so
 * @param user whose login it is, before any preparation
 * @param nonce the client's
 * @param extensions mostly none
 */
public record ScramClientFirst(
    ChannelBinding binding,
    Optional<String> authorization,
    String user,
    String nonce,
    List<ScramExtension> extensions) {
  private static final int MOST_NONCE = 1024;

  /**
   * Such a message.
   *
   * @throws IllegalArgumentException if none can have that in it
   */
  public ScramClientFirst {
    authorization.ifPresent(SaslText::requireName);
    SaslText.requireName(user);
    if (!ScramAttributes.isNonce(nonce)) {
      throw new IllegalArgumentException("no nonce");
    }
    extensions = List.copyOf(extensions);
  }

  /** Reads it; a nonce that is so long that the answer would not fit into a line is none. */
  public static ScramClientFirst parse(SaslData message) throws MalformedSaslException {
    ScramAttributes parts = new ScramAttributes(message);
    ChannelBinding binding = ChannelBinding.parse(parts.part());
    Optional<String> authorization = authorization(parts.part());
    return new ScramClientFirst(
        binding,
        authorization,
        SaslText.unescaped(parts.value('n')),
        nonce(parts.nonce()),
        parts.extensions(0));
  }

  private static String nonce(String nonce) throws MalformedSaslException {
    if (nonce.length() > MOST_NONCE) {
      throw new MalformedSaslException(SaslFault.NONCE);
    }
    return nonce;
  }

  /** Reads who the user wants to act as, which may be left out. */
  static Optional<String> authorization(String part) throws MalformedSaslException {
    if (part.isEmpty()) {
      return Optional.empty();
    }
    if (!part.startsWith("a=")) {
      throw new MalformedSaslException(SaslFault.PARTS);
    }
    return Optional.of(SaslText.unescaped(part.substring(2)));
  }

  /**
   * That it does not want to be bound to its TLS channel, with a server that cannot (RFC 5802 6).
   */
  public void requireUnbound() throws MalformedSaslException {
    if (binding instanceof ChannelBinding.Used) {
      throw new MalformedSaslException(SaslFault.BOUND);
    }
  }

  /** The beginning, which comes again in the client's last message. */
  public String header() {
    return binding.header(authorization);
  }

  /** The rest, which is signed. */
  public String bare() {
    return "n=" + SaslText.escaped(user) + ",r=" + nonce + ScramExtension.text(extensions);
  }

  /** The message in octets. */
  public SaslData data() {
    return SaslData.ofText(header() + bare());
  }
}
