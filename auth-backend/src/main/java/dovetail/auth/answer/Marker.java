package dovetail.auth.answer;

import dovetail.auth.password.Secret;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import javax.crypto.Mac;

/**
 * Makes marks of passwords, by which the same wrong one is known again. They say nothing about a
 * password to who does not have this process's key, and end with the process. For any thread.
 */
public final class Marker {
  private final ProcessKey key;

  public Marker(SecureRandom random) {
    this.key = new ProcessKey(random);
  }

  int mark(String user, Secret password) {
    Mac mac = key.mac();
    mac.update(user.getBytes(StandardCharsets.UTF_8));
    mac.update((byte) 0);
    password.read(octets -> {
      mac.update(octets);
      return true;
    });
    return ByteBuffer.wrap(mac.doFinal()).getInt();
  }
}
