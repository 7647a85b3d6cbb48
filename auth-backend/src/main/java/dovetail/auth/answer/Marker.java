package dovetail.auth.answer;

import dovetail.auth.password.Secret;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Makes marks of passwords, by which the same wrong one is known again. They say nothing about a
 * password to who does not have this process's key, and end with the process. For any thread.
 */
public final class Marker {
  private static final String HMAC = "HmacSHA256";
  private static final int KEY_BYTES = 32;

  private final SecretKeySpec key;

  public Marker(SecureRandom random) {
    byte[] octets = new byte[KEY_BYTES];
    random.nextBytes(octets);
    this.key = new SecretKeySpec(octets, HMAC);
  }

  int mark(String user, Secret password) {
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(key);
      mac.update(user.getBytes(StandardCharsets.UTF_8));
      mac.update((byte) 0);
      password.read(octets -> {
        mac.update(octets);
        return true;
      });
      return ByteBuffer.wrap(mac.doFinal()).getInt();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a JDK without " + HMAC, e);
    }
  }
}
