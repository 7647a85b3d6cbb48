package dovetail.auth.password;

import java.security.DigestException;
import java.security.MessageDigest;
import java.util.Arrays;

/**
 * Ulrich Drepper's crypt of SHA-256 and SHA-512, step by step as his specification has it ("Unix
 * crypt using SHA-256 and SHA-512", 2007). Not commons-codec's, which refuses salts such as {@code
 * ab+c=} that libcrypt has always taken and scripts have made.
 */
final class ShaCrypt {
  private static final String DIGITS =
      "./0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
  private static final int DIGIT_BITS = 6;

  private final MessageDigest digest;
  private final int length;

  ShaCrypt(DigestKind kind) {
    this.digest = kind.fresh();
    this.length = kind.length();
  }

  /** The hash of a password as it is written down, the last part of the whole. */
  String hash(byte[] password, byte[] salt, int rounds) {
    byte[] result = first(password, salt);
    byte[] passwords = repeated(password, password.length, password.length);
    byte[] salts = repeated(salt, 16 + (result[0] & 0xff), salt.length); // steps 17 to 20
    try {
      for (int round = 0; round < rounds; round++) { // step 21
        digest.update(round % 2 == 0 ? result : passwords);
        if (round % 3 != 0) {
          digest.update(salts);
        }
        if (round % 7 != 0) {
          digest.update(passwords);
        }
        digest.update(round % 2 == 0 ? passwords : result);
        digest.digest(result, 0, length);
      }
    } catch (DigestException e) {
      throw new IllegalStateException("there is room for it", e);
    }
    Arrays.fill(passwords, (byte) 0);
    return length == DigestKind.SHA256.length() ? written256(result) : written512(result);
  }

  /** Steps 1 to 12: digest A. */
  private byte[] first(byte[] password, byte[] salt) {
    digest.update(password);
    digest.update(salt);
    byte[] other = digest.digest(password); // digest B
    digest.update(password);
    digest.update(salt);
    for (int left = password.length; left > 0; left -= length) {
      digest.update(other, 0, Math.min(left, length));
    }
    for (int bits = password.length; bits > 0; bits >>= 1) {
      digest.update((bits & 1) == 1 ? other : password);
    }
    return digest.digest();
  }

  /** Steps 13 to 16, and 17 to 20: the digest of so many times the octets, to a size. */
  private byte[] repeated(byte[] octets, int times, int size) {
    for (int i = 0; i < times; i++) {
      digest.update(octets);
    }
    byte[] once = digest.digest();
    byte[] all = new byte[size];
    for (int at = 0; at < size; at += length) {
      System.arraycopy(once, 0, all, at, Math.min(length, size - at));
    }
    return all;
  }

  // Step 22: three octets at a time, from thirds of the digest that take turns.
  private static String written256(byte[] result) {
    StringBuilder text = new StringBuilder();
    int a = 0;
    int b = 10;
    int c = 20;
    for (int i = 0; i < 10; i++) {
      write(text, bits(result[a], result[b], result[c]), 4);
      int next = a + 1;
      a = c + 1;
      c = b + 1;
      b = next;
    }
    write(text, bits(0, result[31], result[30]), 3);
    return text.toString();
  }

  private static String written512(byte[] result) {
    StringBuilder text = new StringBuilder();
    int a = 0;
    int b = 21;
    int c = 42;
    for (int i = 0; i < 21; i++) {
      write(text, bits(result[a], result[b], result[c]), 4);
      int next = a + 1;
      a = b + 1;
      b = c + 1;
      c = next;
    }
    write(text, bits(0, 0, result[63]), 2);
    return text.toString();
  }

  private static int bits(int high, int middle, int low) {
    return ((high & 0xff) << 16) | ((middle & 0xff) << 8) | (low & 0xff);
  }

  private static void write(StringBuilder text, int bits, int digits) {
    for (int i = 0; i < digits; i++) {
      text.append(DIGITS.charAt((bits >> (i * DIGIT_BITS)) & 0x3f));
    }
  }
}
