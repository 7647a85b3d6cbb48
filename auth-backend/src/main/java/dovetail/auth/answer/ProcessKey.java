package dovetail.auth.answer;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A key that ends with the process: what is made with it says nothing to anybody else. */
final class ProcessKey {
  private static final String HMAC = "HmacSHA256";
  private static final int KEY_BYTES = 32;

  private final SecretKeySpec key;

  ProcessKey(SecureRandom random) {
    byte[] octets = new byte[KEY_BYTES];
    random.nextBytes(octets);
    this.key = new SecretKeySpec(octets, HMAC);
  }

  /** A code of authentication to be computed, for one thread. */
  Mac mac() {
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(key);
      return mac;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a JDK without " + HMAC, e);
    }
  }
}
