package dovetail.auth.password;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Dovecot's PBKDF2 with HMAC-SHA-1: {@code $1$salt$rounds$hash}, the hash in hexadecimal digits.
 */
final class Pbkdf2Verifier extends Verifier {
  private static final Pattern FORM =
      Pattern.compile("\\$1\\$([^$]*)\\$([0-9]+)\\$([0-9A-Fa-f]{40})");

  private final byte[] salt;
  private final int rounds;
  private final byte[] hash;

  private Pbkdf2Verifier(String scheme, Matcher form) throws RefusedException {
    super(scheme);
    // The text as it stands there is the salt.
    this.salt = form.group(1).getBytes(StandardCharsets.ISO_8859_1);
    this.rounds = Cost.read(form.group(2), Pbkdf2.MOST_ITERATIONS);
    this.hash = SchemeEncoding.HEX.decode(form.group(3));
  }

  static Pbkdf2Verifier parse(String scheme, String text) throws RefusedException {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      throw new RefusedException(Refusal.MALFORMED);
    }
    return new Pbkdf2Verifier(scheme, form);
  }

  @Override
  boolean verify(byte[] password) {
    return MessageDigest.isEqual(Pbkdf2.derive("HmacSHA1", password, salt, rounds), hash);
  }
}
