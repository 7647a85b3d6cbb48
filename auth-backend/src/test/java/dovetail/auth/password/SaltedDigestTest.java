package dovetail.auth.password;

import static dovetail.auth.password.Passwords.matches;
import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import org.junit.jupiter.api.Test;

/** How passwords are stored that were made by chance. */
final class SaltedDigestTest {
  private final SaltedDigest digest = new SaltedDigest(new SecureRandom());

  @Test
  void isVerifiedInNoTime() {
    char[] made = "abcde-fghjk-\u00e4".toCharArray();
    String stored = digest.hash(made);
    assertThat(stored).matches("\\{SSHA512\\}[0-9A-Za-z+/]{107}=").isNotEqualTo(digest.hash(made));
    assertThat(made).isEqualTo("abcde-fghjk-\u00e4".toCharArray());
    Verifier verifier = Passwords.verifier(stored);
    assertThat(verifier.cheap()).isTrue();
    byte[] octets = "abcde-fghjk-\u00e4".getBytes(java.nio.charset.StandardCharsets.UTF_8);
    assertThat(verifier.verify(octets)).isTrue();
    assertThat(matches(stored, "abcde-fghjk-")).isFalse();
  }
}
