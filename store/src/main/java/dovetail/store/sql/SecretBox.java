package dovetail.store.sql;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Encrypts what must not be read from a database or a copy of it: AES-256 in GCM (NIST SP 800-38D),
 * with a nonce of its own for each text, bound to the place where the text stands.
 */
public final class SecretBox {
  private static final String PREFIX = "v1:";
  private static final String CIPHER = "AES/GCM/NoPadding";
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;

  private final KeySource key;
  private final SecureRandom random;

  /** Gives the key when it is first needed. */
  @FunctionalInterface
  public interface KeySource {
    /**
     * The key, 32 octets.
     *
     * @throws SQLException if it is not to be had; the message says why
     */
    byte[] key() throws SQLException;
  }

  public SecretBox(KeySource key, SecureRandom random) {
    this.key = key;
    this.random = random;
  }

  /** Where randomness comes from. */
  SecureRandom random() {
    return random;
  }

  String seal(String text, String place) throws SQLException {
    byte[] nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    try {
      byte[] sealed =
          cipher(Cipher.ENCRYPT_MODE, nonce, place).doFinal(text.getBytes(StandardCharsets.UTF_8));
      byte[] all = ByteBuffer.allocate(NONCE_BYTES + sealed.length).put(nonce).put(sealed).array();
      return PREFIX + Base64.getEncoder().encodeToString(all);
    } catch (GeneralSecurityException e) {
      throw new SQLException("a secret cannot be encrypted: " + e.getMessage(), e);
    }
  }

  /**
   * @throws SQLException if it was sealed with another key, for another place, or was changed
   */
  String open(String sealed, String place) throws SQLException {
    try {
      if (!sealed.startsWith(PREFIX)) {
        throw new IllegalArgumentException("it does not start with " + PREFIX);
      }
      byte[] all = Base64.getDecoder().decode(sealed.substring(PREFIX.length()));
      if (all.length < NONCE_BYTES) {
        throw new IllegalArgumentException("it is too short");
      }
      byte[] nonce = java.util.Arrays.copyOf(all, NONCE_BYTES);
      byte[] text =
          cipher(Cipher.DECRYPT_MODE, nonce, place)
              .doFinal(all, NONCE_BYTES, all.length - NONCE_BYTES);
      return new String(text, StandardCharsets.UTF_8);
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new SQLException(
          "the secret of " + place + " cannot be read: another key file, or it was changed", e);
    }
  }

  private Cipher cipher(int mode, byte[] nonce, String place)
      throws GeneralSecurityException, SQLException {
    Cipher cipher = Cipher.getInstance(CIPHER);
    cipher.init(mode, new SecretKeySpec(key.key(), "AES"), new GCMParameterSpec(TAG_BITS, nonce));
    cipher.updateAAD(place.getBytes(StandardCharsets.UTF_8));
    return cipher;
  }
}
