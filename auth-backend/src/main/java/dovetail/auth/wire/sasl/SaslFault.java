package dovetail.auth.wire.sasl;

import java.util.Locale;

/** What is wrong with a message. */
public enum SaslFault {
  /** A part that is missing, or one too many. */
  PARTS,
  /** Text that is not UTF-8, or has NUL in it. */
  TEXT,
  /** A name, password or nonce that is empty. */
  EMPTY,
  /** A name with = or , that are not escaped as =3D and =2C. */
  NAME,
  /** A header that says neither n, y nor p. */
  BINDING_FLAG,
  /** Bound to a TLS channel, of which we know nothing. */
  BOUND,
  /** A nonce or a header of another login. */
  OTHER_LOGIN,
  /** A proof that has not as many octets as each has. */
  PROOF,
  /** A nonce with characters that none has, or with more than any has. */
  NONCE,
  /** Data that is no base64, or not the shortest that says the same. */
  BASE64,
  /** A number that is none. */
  NUMBER,
  /** An extension that has to be understood; nobody does. */
  MANDATORY_EXTENSION,
  /** A key twice. */
  DUPLICATE,
  /** No bearer token, or one with characters that none has. */
  TOKEN,
  /** Not the JSON that tells why a token was refused. */
  JSON;

  private final String word = name().toLowerCase(Locale.ROOT).replace('_', '-');

  /** The fault for logs. */
  public String word() {
    return word;
  }
}
