package dovetail.auth.password;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;

/**
 * Hashes passwords that were made by chance and are too many to be tried, as Dovecot's scheme
 * SSHA512 writes it. What people think of needs {@link Argon2id}; here it would cost each login of
 * a program its time, and make nothing safer.
 */
public final class SaltedDigest {
  private static final String SCHEME = "{SSHA512}";
  private static final int SALT_BYTES = 16;

  private final SecureRandom random;

  public SaltedDigest(SecureRandom random) {
    this.random = random;
  }

  /**
   * The hash of a password with a fresh salt.
   *
   * @param password of 90 bits or more by chance; is left as it is
   */
  public String hash(char[] password) {
    byte[] salt = new byte[SALT_BYTES];
    random.nextBytes(salt);
    byte[] octets = Argon2id.octets(password);
    byte[] digest = DigestKind.SHA512.digest(octets, salt);
    Arrays.fill(octets, (byte) 0);
    byte[] stored = Arrays.copyOf(digest, digest.length + salt.length);
    System.arraycopy(salt, 0, stored, digest.length, salt.length);
    return SCHEME + Base64.getEncoder().encodeToString(stored);
  }
}
