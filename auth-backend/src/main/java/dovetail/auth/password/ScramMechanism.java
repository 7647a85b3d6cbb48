package dovetail.auth.password;

/** The mechanisms of SCRAM that passwords are stored for (RFC 5802, RFC 7677). */
public enum ScramMechanism {
  /** RFC 5802 4. */
  SHA_1("SCRAM-SHA-1", "HmacSHA1", DigestKind.SHA1),
  /** RFC 7677 3. */
  SHA_256("SCRAM-SHA-256", "HmacSHA256", DigestKind.SHA256);

  private final String word;
  private final String hmac;
  private final DigestKind digest;

  ScramMechanism(String word, String hmac, DigestKind digest) {
    this.word = word;
    this.hmac = hmac;
    this.digest = digest;
  }

  /** Its name, as SASL and the scheme have it. */
  public String word() {
    return word;
  }

  /** How the JDK calls its HMAC. */
  String hmac() {
    return hmac;
  }

  DigestKind digest() {
    return digest;
  }
}
