package dovetail.auth.answer;

import dovetail.auth.password.ScramKeys;
import dovetail.auth.password.ScramMechanism;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Mac;

/**
 * What clients are asked by SCRAM-SHA-256: nonces that were never used before, and keys of names
 * that have none, which look like those of others and are of no password. For any thread.
 */
public final class Challenges {
  private static final int NONCE_BYTES = 18;

  /** As many as keys have that are made here. */
  private static final int SALT_BYTES = 16;

  private final SecureRandom random;
  private final ProcessKey key;

  public Challenges(SecureRandom random) {
    this.random = random;
    this.key = new ProcessKey(random);
  }

  /** The server's part of a nonce. */
  String nonce() {
    byte[] octets = new byte[NONCE_BYTES];
    random.nextBytes(octets);
    return Base64.getEncoder().encodeToString(octets);
  }

  /** Keys that nobody can prove to have; the same for the same name as long as this lives. */
  ScramKeys decoy(String user) {
    return new ScramKeys(
        ScramMechanism.SHA_256,
        ScramKeys.LEAST_ITERATIONS,
        Arrays.copyOf(mac("salt", user), SALT_BYTES),
        mac("stored key", user),
        mac("server key", user));
  }

  private byte[] mac(String purpose, String user) {
    Mac mac = key.mac();
    mac.update(purpose.getBytes(StandardCharsets.UTF_8));
    mac.update((byte) 0);
    return mac.doFinal(user.getBytes(StandardCharsets.UTF_8));
  }
}
