package dovetail.cli;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.random.RandomGenerator;

/** Makes secrets that nobody has to think of. */
final class MadeSecrets {
  // Without letters and digits that are taken for one another.
  private static final String LEGIBLE = "abcdefghjkmnpqrstuvwxyz23456789";
  private static final int GROUPS = 4;
  private static final int GROUP = 5;

  private static final String BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  // RFC 4226 4: 160 bits, five in each letter.
  private static final int TOTP_LETTERS = 32;

  private MadeSecrets() {}

  /** Four groups of five letters and digits, apart by hyphens, which belong to it: 99 bits. */
  static char[] appPassword(RandomGenerator random) {
    char[] made = new char[GROUPS * (GROUP + 1) - 1];
    for (int i = 0; i < made.length; i++) {
      made[i] = i % (GROUP + 1) == GROUP ? '-' : LEGIBLE.charAt(random.nextInt(LEGIBLE.length()));
    }
    return made;
  }

  /** A secret of one-time passwords, in base32. */
  static String totp(RandomGenerator random) {
    StringBuilder made = new StringBuilder();
    for (int i = 0; i < TOTP_LETTERS; i++) {
      made.append(BASE32.charAt(random.nextInt(BASE32.length())));
    }
    return made.toString();
  }

  /**
   * The same for programs that make one-time passwords, which read it as a QR code, too. They show
   * it by the account's domain.
   */
  static String totpUri(String secret, String account) {
    String issuer = account.substring(account.lastIndexOf('@') + 1);
    return "otpauth://totp/%s:%s?secret=%s&issuer=%s"
        .formatted(escaped(issuer), escaped(account), secret, escaped(issuer));
  }

  private static String escaped(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
