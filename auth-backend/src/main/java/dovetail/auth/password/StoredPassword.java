package dovetail.auth.password;

/**
 * What a stored password is good for. It is written as Dovecot does, {@code {SCHEME}data}: the
 * scheme in any case, with {@code .hex}, {@code .b64} or {@code .base64} where data are encoded
 * otherwise than is usual.
 */
public sealed interface StoredPassword {
  /** Passwords can be compared with it. */
  record Usable(Verifier verifier) implements StoredPassword {}

  /**
   * Nothing can be compared with it.
   *
   * @param scheme in capitals; empty if it is none of those that we know, since what stands there
   *     might be anything, a password too
   */
  record Refused(Refusal refusal, String scheme) implements StoredPassword {}

  /**
   * Reads a stored password; whatever it is, in a moment. Bounds keep what it asks for within what
   * a login is worth, a second or two: memory within the limits, Argon2 2 GiB to be filled by all
   * passes together, bcrypt's cost 14, sha-crypt 5,000,000 rounds, PBKDF2 and SCRAM 1,000,000. More
   * is {@link Refusal#TOO_DEAR}.
   */
  static StoredPassword parse(String stored, SchemeLimits limits) {
    int end = stored.indexOf('}');
    if (!stored.startsWith("{") || end < 0) {
      return new Refused(Refusal.NO_SCHEME, "");
    }
    return new SchemeReader(stored.substring(1, end), limits).read(stored.substring(end + 1));
  }
}
