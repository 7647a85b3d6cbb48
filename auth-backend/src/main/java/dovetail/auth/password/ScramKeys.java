package dovetail.auth.password;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;

/**
 * What a server keeps of a password for SCRAM (RFC 5802 3).
 *
 * @param mechanism the one that they are for
 * @param iterations at least 4096
 * @param salt octets, not to be changed, as the others are
 * @param storedKey compared with what a client proves
 * @param serverKey signs for the server
 */
@SuppressWarnings("ArrayRecordComponent") // of two of them nobody asks whether they are equal
public record ScramKeys(
    ScramMechanism mechanism, int iterations, byte[] salt, byte[] storedKey, byte[] serverKey) {
  /** RFC 7677 4 asks for so many at least. */
  public static final int LEAST_ITERATIONS = 4096;

  private static final int SALT_BYTES = 16;
  private static final int MOST_SALT = 256;

  /**
   * Makes the keys for a password, with a fresh salt; takes as long as a client's login does. The
   * password is taken as it is, without SASLprep, which is also what Dovecot does: for one in ASCII
   * it is the same.
   *
   * @param iterations from {@link #LEAST_ITERATIONS} to a million
   */
  public static ScramKeys generate(
      ScramMechanism mechanism, Secret password, int iterations, SecureRandom random) {
    if (iterations < LEAST_ITERATIONS || iterations > Pbkdf2.MOST_ITERATIONS) {
      throw new IllegalArgumentException("iterations: " + iterations);
    }
    Argon2id.requirePossible(password);
    byte[] salt = new byte[SALT_BYTES];
    random.nextBytes(salt);
    return password.read(octets -> derive(mechanism, octets, salt, iterations));
  }

  /** RFC 5802 3. */
  static ScramKeys derive(ScramMechanism mechanism, byte[] password, byte[] salt, int iterations) {
    byte[] salted = Pbkdf2.derive(mechanism.hmac(), password, salt, iterations);
    byte[] clientKey = hmac(mechanism, salted, "Client Key");
    byte[] storedKey = mechanism.digest().digest(clientKey, new byte[0]);
    byte[] serverKey = hmac(mechanism, salted, "Server Key");
    return new ScramKeys(mechanism, iterations, salt, storedKey, serverKey);
  }

  private static byte[] hmac(ScramMechanism mechanism, byte[] key, String text) {
    return Pbkdf2.mac(mechanism.hmac(), key).doFinal(text.getBytes(StandardCharsets.UTF_8));
  }

  /** How many octets a proof has. */
  public int proofLength() {
    return mechanism.digest().length();
  }

  /**
   * Whether a client has proven that it knows the password; takes as long if it has not.
   *
   * @param signed what the proof is of (AuthMessage)
   * @param proof of {@link #proofLength()} octets
   */
  public boolean isProof(String signed, Secret proof) {
    return proof.read(octets -> {
      byte[] clientKey = hmac(mechanism, storedKey, signed);
      for (int i = 0; i < Math.min(clientKey.length, octets.length); i++) {
        clientKey[i] ^= octets[i];
      }
      boolean same =
          MessageDigest.isEqual(mechanism.digest().digest(clientKey, new byte[0]), storedKey);
      Arrays.fill(clientKey, (byte) 0); // with which one could log in by SCRAM
      return same && octets.length == clientKey.length;
    });
  }

  /**
   * By what a client knows that the server has the keys (ServerSignature).
   *
   * @param signed what it is of (AuthMessage)
   */
  public byte[] signature(String signed) {
    return hmac(mechanism, serverKey, signed);
  }

  /** Reads {@code iterations,salt,storedKey,serverKey}, octets in base64. */
  static ScramKeys parse(ScramMechanism mechanism, String text) throws RefusedException {
    String[] parts = text.split(",", -1);
    if (parts.length != 4) {
      throw new RefusedException(Refusal.MALFORMED);
    }
    int iterations = Cost.read(parts[0], Pbkdf2.MOST_ITERATIONS);
    byte[] salt = SchemeEncoding.BASE64.decode(parts[1]);
    byte[] storedKey = SchemeEncoding.BASE64.decode(parts[2]);
    byte[] serverKey = SchemeEncoding.BASE64.decode(parts[3]);
    if (iterations < LEAST_ITERATIONS
        || salt.length == 0
        || salt.length > MOST_SALT
        || storedKey.length != mechanism.digest().length()
        || serverKey.length != mechanism.digest().length()) {
      throw new RefusedException(Refusal.MALFORMED);
    }
    return new ScramKeys(mechanism, iterations, salt, storedKey, serverKey);
  }

  /** As they are stored, with the scheme. */
  public String stored() {
    Base64.Encoder base64 = Base64.getEncoder();
    return "{%s}%d,%s,%s,%s"
        .formatted(
            mechanism.word(),
            iterations,
            base64.encodeToString(salt),
            base64.encodeToString(storedKey),
            base64.encodeToString(serverKey));
  }

  /** Shows no key. */
  @Override
  public String toString() {
    return mechanism.word() + " keys of " + iterations + " iterations";
  }
}
