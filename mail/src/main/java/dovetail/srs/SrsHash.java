package dovetail.srs;

import java.security.MessageDigest;
import java.util.Base64;

/** The proof inside an address: the first characters of a keyed hash in base64 (RFC 4648 5). */
final class SrsHash {
  /** Characters of a whole SHA-1 hash in base64. */
  private static final int WHOLE = 27;

  private final SrsSettings settings;

  SrsHash(SrsSettings settings) {
    this.settings = settings;
  }

  /** The hash of these parts that goes into an address. */
  String of(String... parts) {
    return whole(settings.secrets().getFirst(), parts).substring(0, settings.hashLength());
  }

  /**
   * Whether a hash was made of these parts with one of the secrets. Case does not count, nor which
   * of the two alphabets of base64 it is in: postsrsd before 2.2.6 and libsrs2 write the other one.
   * All that is there is compared, also beyond the length that we write: it may have been longer
   * once. How long that takes tells nothing about the hash.
   */
  boolean verifies(String hash, String... parts) {
    if (hash.length() < settings.minHashLength() || hash.length() > WHOLE) {
      return false;
    }
    byte[] given = folded(hash);
    boolean verified = false;
    for (SrsSecret secret : settings.secrets()) {
      byte[] right = folded(whole(secret, parts).substring(0, hash.length()));
      verified |= MessageDigest.isEqual(given, right);
    }
    return verified;
  }

  private static String whole(SrsSecret secret, String... parts) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(secret.hash(parts));
  }

  /** One octet for each character: equal ones for those that count for the same. */
  private static byte[] folded(String hash) {
    byte[] folded = new byte[hash.length()];
    for (int i = 0; i < folded.length; i++) {
      folded[i] = (byte) folded(hash.charAt(i));
    }
    return folded;
  }

  private static int folded(char c) {
    if (c >= 'A' && c <= 'Z') {
      return c - 'A' + 'a';
    }
    return switch (c) {
      case '+' -> '-';
      case '/' -> '_';
      case '-', '_' -> c;
      // No hash has others.
      default -> (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ? c : 0;
    };
  }
}
