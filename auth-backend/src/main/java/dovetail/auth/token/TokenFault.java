package dovetail.auth.token;

import java.util.Locale;

/** What is wrong with a token; the words of log lines and tests. */
public enum TokenFault {
  /** More octets than any has that is looked at. */
  SIZE,
  /** Not three parts of base64url, or not the JSON that belongs into them. */
  FORM,
  /** Signed in a way for which no key is configured, or not signed at all. */
  ALGORITHM,
  /** It names a key that is not configured. */
  KEY,
  /** Not signed with that key. */
  SIGNATURE,
  /** It demands that something is understood; nothing of that kind is. */
  CRITICAL,
  /** Signed by its issuer, but what it says is not of the form that is agreed. */
  CLAIMS,
  /** A token for another purpose, such as logging out. */
  TYPE,
  /** Its time is over, or it does not say when that is. */
  EXPIRED,
  /** Its time has not come. */
  NOT_YET,
  /** Of another issuer. */
  ISSUER,
  /** For another server. */
  AUDIENCE,
  /** Good only together with a key that its owner has, of which we know nothing. */
  BOUND,
  /** It does not say whose it is. */
  USER,
  /** Its issuer says that nobody has checked whether the address is its owner's. */
  UNVERIFIED,
  /** Not good for what it is used for. */
  SCOPE;

  private final String word = name().toLowerCase(Locale.ROOT).replace('_', '-');

  /** The word for it. */
  public String word() {
    return word;
  }
}
