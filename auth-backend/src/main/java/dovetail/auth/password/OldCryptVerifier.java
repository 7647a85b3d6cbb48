package dovetail.auth.password;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.regex.Pattern;
import org.apache.commons.codec.digest.Md5Crypt;
import org.apache.commons.codec.digest.UnixCrypt;

/** What crypt(3) wrote before 2007: {@code $1$}, and the 13 characters of DES. */
final class OldCryptVerifier extends Verifier {
  private static final Pattern MD5_FORM =
      Pattern.compile("\\$1\\$[./0-9A-Za-z]{1,8}\\$[./0-9A-Za-z]{22}");

  private final Function function;
  private final String stored;

  /** Hashes a password, which it overwrites, with the salt of what was stored. */
  @FunctionalInterface
  private interface Function {
    String hash(byte[] password, String stored);
  }

  private OldCryptVerifier(String scheme, Function function, String stored) {
    super(scheme);
    this.function = function;
    this.stored = stored;
  }

  static OldCryptVerifier md5(String scheme, String text) throws RefusedException {
    if (!MD5_FORM.matcher(text).matches()) {
      throw new RefusedException(Refusal.MALFORMED);
    }
    return new OldCryptVerifier(scheme, Md5Crypt::md5Crypt, text);
  }

  /**
   * @param text 13 digits of crypt(3)
   */
  static OldCryptVerifier des(String scheme, String text) {
    return new OldCryptVerifier(scheme, UnixCrypt::crypt, text);
  }

  @Override
  boolean verify(byte[] password) {
    byte[] computed = function.hash(password.clone(), stored).getBytes(StandardCharsets.US_ASCII);
    return MessageDigest.isEqual(computed, stored.getBytes(StandardCharsets.US_ASCII));
  }
}
