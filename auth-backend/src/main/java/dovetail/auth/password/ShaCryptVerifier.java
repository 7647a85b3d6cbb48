package dovetail.auth.password;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code $5$} and {@code $6$}, with a number of rounds or 5,000, salt and hash, as in crypt(3). */
final class ShaCryptVerifier extends Verifier {
  private static final Pattern FORM =
      Pattern.compile(
          "\\$([56])\\$(?:rounds=([0-9]+)\\$)?([!-~&&[^$:]]{0,16})\\$([./0-9A-Za-z]{43,86})");
  private static final int USUAL_ROUNDS = 5000;
  private static final int LEAST_ROUNDS = 1000;

  /** Some 0.8 s. */
  private static final int MOST_ROUNDS = 5_000_000;

  private static final int HASH_256 = 43;
  private static final int HASH_512 = 86;

  private final String setting;
  private final DigestKind kind;
  private final int rounds;
  private final byte[] salt;
  private final byte[] hash;

  private ShaCryptVerifier(String scheme, Matcher form) throws RefusedException {
    super(scheme);
    this.setting = form.group().substring(0, form.start(4));
    this.kind = form.group(1).equals("5") ? DigestKind.SHA256 : DigestKind.SHA512;
    this.rounds = rounds(Optional.ofNullable(form.group(2)));
    this.salt = form.group(3).getBytes(StandardCharsets.US_ASCII);
    this.hash = form.group(4).getBytes(StandardCharsets.US_ASCII);
    if (hash.length != (kind == DigestKind.SHA256 ? HASH_256 : HASH_512)) {
      throw new RefusedException(Refusal.MALFORMED);
    }
  }

  static ShaCryptVerifier parse(String scheme, String text) throws RefusedException {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      throw new RefusedException(Refusal.MALFORMED);
    }
    return new ShaCryptVerifier(scheme, form);
  }

  private static int rounds(Optional<String> written) throws RefusedException {
    int rounds = written.isEmpty() ? USUAL_ROUNDS : Cost.read(written.get(), MOST_ROUNDS);
    if (rounds < LEAST_ROUNDS) {
      throw new RefusedException(Refusal.MALFORMED);
    }
    return rounds;
  }

  @Override
  boolean verify(byte[] password) {
    String computed =
        SystemCrypt.hash(password, setting)
            .map(written -> written.substring(written.lastIndexOf('$') + 1))
            .orElseGet(() -> new ShaCrypt(kind).hash(password, salt, rounds));
    return MessageDigest.isEqual(computed.getBytes(StandardCharsets.US_ASCII), hash);
  }
}
