package dovetail.auth.password;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;

/** Short words of the tests. */
final class Passwords {
  /** Weak schemes too, and 64 MiB. */
  static final SchemeLimits WEAK = new SchemeLimits(true, 64L << 20);

  private Passwords() {}

  static Secret secret(String password) {
    return Secret.of(password.getBytes(StandardCharsets.UTF_8));
  }

  /** An octet for each character. */
  static Secret octets(String password) {
    return Secret.of(password.getBytes(StandardCharsets.ISO_8859_1));
  }

  static Verifier verifier(String stored) {
    StoredPassword read = StoredPassword.parse(stored, WEAK);
    assertThat(read).as(stored).isInstanceOf(StoredPassword.Usable.class);
    return ((StoredPassword.Usable) read).verifier();
  }

  static boolean matches(String stored, String password) {
    return verifier(stored).matches(secret(password));
  }

  static StoredPassword refused(Refusal refusal, String scheme) {
    return new StoredPassword.Refused(refusal, scheme);
  }
}
