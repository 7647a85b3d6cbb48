package dovetail.auth.password;

import java.security.MessageDigest;
import java.util.Arrays;

/** One digest of the password, with or without a salt. */
final class DigestVerifier extends Verifier {
  private final DigestKind kind;
  private final byte[] digest;
  private final byte[] salt;

  /**
   * @param stored the digest, and the salt behind it
   */
  private DigestVerifier(String scheme, DigestKind kind, byte[] stored) {
    super(scheme);
    this.kind = kind;
    this.digest = Arrays.copyOf(stored, kind.length());
    this.salt = Arrays.copyOfRange(stored, kind.length(), stored.length);
  }

  static DigestVerifier plain(String scheme, DigestKind kind, byte[] stored)
      throws RefusedException {
    if (stored.length != kind.length()) {
      throw new RefusedException(Refusal.MALFORMED);
    }
    return new DigestVerifier(scheme, kind, stored);
  }

  static DigestVerifier salted(String scheme, DigestKind kind, byte[] stored)
      throws RefusedException {
    if (stored.length <= kind.length()) {
      throw new RefusedException(Refusal.MALFORMED);
    }
    return new DigestVerifier(scheme, kind, stored);
  }

  @Override
  boolean verify(byte[] password) {
    return MessageDigest.isEqual(kind.digest(password, salt), digest);
  }

  @Override
  public boolean cheap() {
    return true;
  }
}
