package dovetail.auth.password;

import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.generators.BCrypt;

/**
 * bcrypt: {@code $2y$cost$} with salt and hash behind it, as crypt(3) writes them. {@code $2a$},
 * {@code $2b$} and {@code $2y$} are the same here; {@code $2x$} has the mistake of an old library,
 * which took octets over 127 for negative numbers.
 */
final class BcryptVerifier extends Verifier {
  private static final Pattern FORM =
      Pattern.compile("\\$2([abxy])\\$([0-9]{2})\\$([./0-9A-Za-z]{22})([./0-9A-Za-z]{31})");
  private static final int LEAST_COST = 4;

  /** Some 0.7 s of a processor of 2023; each step doubles it. */
  private static final int MOST_COST = 14;

  private static final int MOST_COST_OF_ALL = 31;

  /** What of a password counts: it is repeated, with a NUL behind it, until there are so many. */
  private static final int KEY_OCTETS = 72;

  private static final int WORD_OCTETS = 4;
  private static final String CRYPT_DIGITS =
      "./ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
  private static final String BASE64_DIGITS =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

  /** "$2y$05$" and 22 digits of salt. */
  private static final int SETTING_LENGTH = 29;

  private final String setting;
  private final boolean negative;
  private final int cost;
  private final byte[] salt;
  private final byte[] hash;

  private BcryptVerifier(String scheme, Matcher form) throws RefusedException {
    super(scheme);
    this.setting = form.group().substring(0, SETTING_LENGTH);
    this.negative = form.group(1).equals("x");
    this.cost = cost(Integer.parseInt(form.group(2)));
    this.salt = octets(form.group(3));
    this.hash = octets(form.group(4));
  }

  static BcryptVerifier parse(String scheme, String text) throws RefusedException {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      throw new RefusedException(Refusal.MALFORMED);
    }
    return new BcryptVerifier(scheme, form);
  }

  private static int cost(int cost) throws RefusedException {
    if (cost < LEAST_COST || cost > MOST_COST_OF_ALL) {
      throw new RefusedException(Refusal.MALFORMED);
    }
    if (cost > MOST_COST) {
      throw new RefusedException(Refusal.TOO_DEAR);
    }
    return cost;
  }

  private static byte[] octets(String text) {
    StringBuilder base64 = new StringBuilder();
    text.chars().forEach(digit -> base64.append(BASE64_DIGITS.charAt(CRYPT_DIGITS.indexOf(digit))));
    return Base64.getDecoder().decode(base64.toString());
  }

  @Override
  boolean verify(byte[] password) {
    // The C library's is a third faster.
    return SystemCrypt.hash(password, setting)
        .map(written -> MessageDigest.isEqual(octets(written.substring(SETTING_LENGTH)), hash))
        .orElseGet(() -> verifyHere(password));
  }

  boolean verifyHere(byte[] password) {
    byte[] key = key(password);
    // The NUL behind the password is in the key already.
    byte[] computed = BCrypt.generate(key, salt, cost, false);
    Arrays.fill(key, (byte) 0);
    // The last of 24 octets was never written down.
    return MessageDigest.isEqual(Arrays.copyOf(computed, hash.length), hash);
  }

  private byte[] key(byte[] password) {
    byte[] key = new byte[KEY_OCTETS];
    for (int word = 0; word < KEY_OCTETS; word += WORD_OCTETS) {
      int value = 0;
      for (int i = word; i < word + WORD_OCTETS; i++) {
        int at = i % (password.length + 1);
        int octet = at < password.length ? password[at] : 0;
        value = (value << Byte.SIZE) | (negative ? octet : octet & 0xff);
      }
      for (int i = 0; i < WORD_OCTETS; i++) {
        key[word + i] = (byte) (value >>> ((WORD_OCTETS - 1 - i) * Byte.SIZE));
      }
    }
    return key;
  }
}
