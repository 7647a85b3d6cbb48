package dovetail.auth.wire.sasl;

import dovetail.auth.wire.SaslData;

/**
 * The client's message of XOAUTH2, which is Google's (developers.google.com/gmail/imap).
 *
 * @param user who logs in
 * @param token what the user was given
 */
public record XOAuth2Message(String user, SaslData token) implements AutoCloseable {
  /**
   * Such a message.
   *
   * @throws IllegalArgumentException if none can have that in it
   */
  public XOAuth2Message {
    SaslText.requireName(user);
    if (user.indexOf(BearerPairs.SEPARATOR) >= 0) {
      throw new IllegalArgumentException("no name for XOAUTH2");
    }
    BearerPairs.requireToken(token);
  }

  /** Reads it; the token is a copy. */
  public static XOAuth2Message parse(SaslData message) throws MalformedSaslException {
    BearerPairs pairs = BearerPairs.parse(message.octets(), 0);
    String user = pairs.get("user").orElseThrow(() -> new MalformedSaslException(SaslFault.PARTS));
    if (user.isEmpty()) {
      throw new MalformedSaslException(SaslFault.EMPTY);
    }
    return new XOAuth2Message(user, pairs.token());
  }

  /** The message in octets. */
  public SaslData data() {
    return BearerPairs.message("user=" + user + BearerPairs.SEPARATOR, token);
  }

  /** Forgets the token. */
  @Override
  public void close() {
    token.close();
  }
}
