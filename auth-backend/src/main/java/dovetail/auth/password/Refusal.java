package dovetail.auth.password;

/** Why a stored password cannot be compared with anything. */
public enum Refusal {
  /** It does not begin with a scheme in braces, which all do that we store. */
  NO_SCHEME("no {SCHEME} stands before it"),
  /** Nobody here knows the scheme or its encoding. */
  UNKNOWN_SCHEME("unknown scheme"),
  /** A hash of crypt(3) of a kind that nobody here knows, such as yescrypt. */
  UNKNOWN_CRYPT("unknown kind of crypt"),
  /** The scheme is broken or has no salt worth the name, and the settings do not allow it. */
  WEAK_SCHEME("weak scheme, needs auth.weak_schemes"),
  /** The scheme serves a mechanism that compares no passwords, and that we do not speak. */
  OTHER_MECHANISM("scheme for another mechanism"),
  /** What stands behind the scheme is not what the scheme has there. */
  MALFORMED("malformed"),
  /** It would take more memory or time than we spend on a login; the only one that may pass. */
  TOO_DEAR("takes too much memory or time");

  private final String text;

  Refusal(String text) {
    this.text = text;
  }

  /** A few words for the log. */
  public String text() {
    return text;
  }

  /**
   * Whether the login failed for now, and not for good: that the password is wrong was not found
   * out, and other settings would let it be compared.
   */
  public boolean temporary() {
    return this == TOO_DEAR;
  }
}
