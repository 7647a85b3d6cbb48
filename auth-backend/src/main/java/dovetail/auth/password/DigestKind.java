package dovetail.auth.password;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.bouncycastle.crypto.digests.MD4Digest;

/** The digests that passwords were stored as. */
enum DigestKind {
  MD4("", 16),
  MD5("MD5", 16),
  SHA1("SHA-1", 20),
  SHA256("SHA-256", 32),
  SHA512("SHA-512", 64);

  private final String algorithm;
  private final int length;

  DigestKind(String algorithm, int length) {
    this.algorithm = algorithm;
    this.length = length;
  }

  /** In octets. */
  int length() {
    return length;
  }

  /** The digest of a password and the salt behind it. */
  byte[] digest(byte[] password, byte[] salt) {
    if (this == MD4) {
      return md4(password, salt);
    }
    MessageDigest digest = fresh();
    digest.update(password);
    return digest.digest(salt);
  }

  /** The JDK's, which has no MD4. */
  MessageDigest fresh() {
    try {
      return MessageDigest.getInstance(algorithm);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has it", e);
    }
  }

  private static byte[] md4(byte[] password, byte[] salt) {
    MD4Digest digest = new MD4Digest();
    byte[] hash = new byte[digest.getDigestSize()];
    digest.update(password, 0, password.length);
    digest.update(salt, 0, salt.length);
    digest.doFinal(hash, 0);
    return hash;
  }
}
