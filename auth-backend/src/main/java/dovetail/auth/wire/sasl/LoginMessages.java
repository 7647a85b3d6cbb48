package dovetail.auth.wire.sasl;

import dovetail.auth.wire.SaslData;

/**
 * What is said in LOGIN, which no RFC describes (draft-murchison-sasl-login): the server asks for a
 * name, then for a password; some clients send the name before they are asked.
 */
public final class LoginMessages {
  private LoginMessages() {}

  /** The first question, as Dovecot asks it: clients look at nothing but that it is one. */
  public static SaslData askForUser() {
    return SaslData.ofText("Username:");
  }

  /** The second question. */
  public static SaslData askForPassword() {
    return SaslData.ofText("Password:");
  }

  /** The name in the answer to the first question. */
  public static String user(SaslData answer) throws MalformedSaslException {
    return SaslText.name(answer.octets(), 0, answer.length());
  }

  /** The password in the answer to the second one: a copy. */
  public static SaslData password(SaslData answer) throws MalformedSaslException {
    byte[] octets = answer.octets();
    for (byte octet : octets) {
      if (octet == 0) {
        throw new MalformedSaslException(SaslFault.TEXT);
      }
    }
    if (octets.length == 0) {
      throw new MalformedSaslException(SaslFault.EMPTY);
    }
    return SaslData.copyOf(octets, 0, octets.length);
  }
}
