package dovetail.auth.password;

import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import javax.crypto.Mac;
import javax.crypto.ShortBufferException;
import javax.crypto.spec.SecretKeySpec;

/**
 * PBKDF2 (RFC 8018 5.2), one block of it, which RFC 5802 2.2 calls Hi(). Not the JDK's own, since
 * that takes characters and no octets.
 */
final class Pbkdf2 {
  /** The most iterations that we spend on a login: some 0.2 s. */
  static final int MOST_ITERATIONS = 1_000_000;

  private Pbkdf2() {}

  /**
   * @param algorithm of the JDK, such as HmacSHA256
   */
  static byte[] derive(String algorithm, byte[] password, byte[] salt, int iterations) {
    Mac mac = mac(algorithm, password);
    mac.update(salt);
    byte[] last = mac.doFinal(new byte[] {0, 0, 0, 1});
    byte[] result = last.clone();
    try {
      for (int i = 1; i < iterations; i++) {
        mac.update(last);
        mac.doFinal(last, 0);
        for (int k = 0; k < result.length; k++) {
          result[k] ^= last[k];
        }
      }
    } catch (ShortBufferException e) {
      throw new IllegalStateException("there is room for it", e);
    }
    return result;
  }

  /** HMAC with a key; an empty one, which the JDK does not take, is one of NULs. */
  static Mac mac(String algorithm, byte[] key) {
    try {
      Mac mac = Mac.getInstance(algorithm);
      mac.init(new SecretKeySpec(key.length == 0 ? new byte[1] : key, algorithm));
      return mac;
    } catch (NoSuchAlgorithmException | InvalidKeyException e) {
      throw new IllegalStateException("every JDK has it, and takes any key", e);
    }
  }
}
