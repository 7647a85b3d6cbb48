package dovetail.auth.wire.sasl;

import dovetail.auth.wire.SaslData;
import java.util.List;
import java.util.Optional;

/** The server's last message of SCRAM (RFC 5802 7). */
public sealed interface ScramServerFinal {
  /**
   * The login is right.
   *
   * @param signature by which the client knows the server
   * @param extensions mostly none
   */
  record Verifier(SaslData signature, List<ScramExtension> extensions) implements ScramServerFinal {
    /**
     * Such a message.
     *
     * @throws IllegalArgumentException if none can have that in it
     */
    public Verifier {
      if (signature.length() == 0) {
        throw new IllegalArgumentException("no signature");
      }
      extensions = List.copyOf(extensions);
    }
  }

  /**
   * It is not.
   *
   * @param reason such as {@code invalid-proof}
   * @param extensions mostly none
   */
  record Refused(String reason, List<ScramExtension> extensions) implements ScramServerFinal {
    /**
     * Such a message.
     *
     * @throws IllegalArgumentException if none can have that in it
     */
    public Refused {
      if (!ScramExtension.is("e=" + reason)) {
        throw new IllegalArgumentException("no reason");
      }
      extensions = List.copyOf(extensions);
    }
  }

  /** Reads it. */
  static ScramServerFinal parse(SaslData message) throws MalformedSaslException {
    ScramAttributes parts = new ScramAttributes(message);
    Optional<String> reason = parts.optional('e');
    if (reason.isPresent()) {
      if (reason.get().isEmpty()) {
        throw new MalformedSaslException(SaslFault.EMPTY);
      }
      return new Refused(reason.get(), parts.extensions(0));
    }
    return new Verifier(parts.base64('v'), parts.extensions(0));
  }

  /** The message in octets. */
  default SaslData data() {
    return SaslData.ofText(
        switch (this) {
          case Verifier(SaslData signature, List<ScramExtension> extensions) ->
              "v=" + ScramAttributes.base64(signature) + ScramExtension.text(extensions);
          case Refused(String reason, List<ScramExtension> extensions) ->
              "e=" + reason + ScramExtension.text(extensions);
        });
  }
}
