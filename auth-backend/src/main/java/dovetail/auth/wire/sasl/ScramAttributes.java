package dovetail.auth.wire.sasl;

import dovetail.auth.wire.SaslData;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** The parts of a SCRAM message, between commas, taken from the first to the last. */
final class ScramAttributes {
  private final List<String> parts;
  private int at;

  ScramAttributes(SaslData message) throws MalformedSaslException {
    this.parts = List.of(SaslText.of(message).split(",", -1));
  }

  /** The next part. */
  String part() throws MalformedSaslException {
    if (at == parts.size()) {
      throw new MalformedSaslException(SaslFault.PARTS);
    }
    String part = parts.get(at++);
    // RFC 5802 5.1: an extension that has to be understood, of which there are none yet.
    if (part.startsWith("m=")) {
      throw new MalformedSaslException(SaslFault.MANDATORY_EXTENSION);
    }
    return part;
  }

  /** The value of the next part, which has that name. */
  String value(char name) throws MalformedSaslException {
    String part = part();
    if (!has(part, name)) {
      throw new MalformedSaslException(SaslFault.PARTS);
    }
    return part.substring(2);
  }

  /** The value of the next part, if it has that name. */
  Optional<String> optional(char name) throws MalformedSaslException {
    return at < parts.size() && has(parts.get(at), name)
        ? Optional.of(value(name))
        : Optional.empty();
  }

  private static boolean has(String part, char name) {
    return part.length() > 1 && part.charAt(0) == name && part.charAt(1) == '=';
  }

  /** The next part's value as a nonce. */
  String nonce() throws MalformedSaslException {
    String nonce = value('r');
    if (nonce.isEmpty()) {
      throw new MalformedSaslException(SaslFault.EMPTY);
    }
    if (!isNonce(nonce)) {
      throw new MalformedSaslException(SaslFault.NONCE);
    }
    return nonce;
  }

  /** Whether all of it is printable, and none is a comma (RFC 5802 7). */
  static boolean isNonce(String nonce) {
    return !nonce.isEmpty() && nonce.chars().allMatch(c -> c > ' ' && c < 0x7f && c != ',');
  }

  /** The next part's value as octets; others must be able to write the same. */
  SaslData base64(char name) throws MalformedSaslException {
    String value = value(name);
    if (value.isEmpty()) {
      throw new MalformedSaslException(SaslFault.EMPTY);
    }
    try {
      byte[] octets = Base64.getDecoder().decode(value);
      if (Base64.getEncoder().encodeToString(octets).equals(value)) {
        return SaslData.taking(octets);
      }
    } catch (IllegalArgumentException _) {
      // It is none, and what the decoder says of it may be a part of a secret.
    }
    throw new MalformedSaslException(SaslFault.BASE64);
  }

  static String base64(SaslData data) {
    return Base64.getEncoder().encodeToString(data.octets());
  }

  /** Extensions that need not be understood, up to the end or to a number of parts before it. */
  List<ScramExtension> extensions(int before) throws MalformedSaslException {
    List<ScramExtension> extensions = new ArrayList<>();
    while (at < parts.size() - before) {
      String part = part();
      if (!ScramExtension.is(part)) {
        throw new MalformedSaslException(SaslFault.PARTS);
      }
      extensions.add(new ScramExtension(part.charAt(0), part.substring(2)));
    }
    return extensions;
  }
}
