package dovetail.auth.password;

/** Says whether a password is the one that was stored. For any thread; shows nothing of it. */
public abstract sealed class Verifier
    permits Argon2Verifier,
        BcryptVerifier,
        DigestVerifier,
        OldCryptVerifier,
        Pbkdf2Verifier,
        PlainVerifier,
        ScramVerifier,
        ShaCryptVerifier {
  private final String scheme;

  Verifier(String scheme) {
    this.scheme = scheme;
  }

  /** The scheme as it was written, in capitals. */
  public final String scheme() {
    return scheme;
  }

  /**
   * Whether it is the same password; takes as long if it is not. An impossible one never is.
   *
   * @see Secret#possible()
   */
  public final boolean matches(Secret password) {
    return password.possible() && password.read(this::verify);
  }

  /** Compares octets, and leaves them as they are. */
  abstract boolean verify(byte[] password);

  /** The memory that a comparison takes, in bytes; 0 where that is not worth counting. */
  public long memoryBytes() {
    return 0;
  }

  /**
   * Whether a login that knows the password should store it anew, as {@link Argon2id} does. Keys of
   * SCRAM-SHA-256 are not outdated: that mechanism has no use for another scheme.
   */
  public boolean outdated() {
    return true;
  }

  /** Whether a comparison takes microseconds, so that any thread may do it. */
  public boolean cheap() {
    return false;
  }

  @Override
  public final String toString() {
    return "{" + scheme + "}";
  }
}
