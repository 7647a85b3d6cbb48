package dovetail.auth.password;

import static dovetail.auth.password.Passwords.octets;
import static dovetail.auth.password.Passwords.secret;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** A secret is hard to get at and easy to lose. */
final class SecretTest {
  @Test
  void holdsACopy() {
    byte[] from = "xsecretx".getBytes(StandardCharsets.US_ASCII);
    try (Secret secret = Secret.of(from, 1, 7)) {
      from[1] = 'S';
      assertThat(secret).isEqualTo(secret("secret"));
    }
  }

  @Test
  void isOverwrittenAtTheEndAndACopyIsNot() {
    Secret secret = secret("secret");
    byte[] held = secret.read(octets -> octets);
    Secret copy = secret.copy();
    secret.close();
    assertThat(held).containsOnly(0);
    assertThatIllegalStateException().isThrownBy(() -> secret.read(octets -> octets.length));
    assertThat(copy).isEqualTo(secret("secret"));
  }

  @Test
  void saysNothingOfItself() {
    assertThat(secret("secret")).hasToString("(secret)").hasSameHashCodeAs(secret("other"));
    assertThat(secret("secret"))
        .isNotEqualTo(secret("secre7"))
        .isNotEqualTo(secret("secret "))
        .isNotEqualTo("secret");
  }

  @Test
  void knowsWhatNobodyCouldHaveTyped() {
    assertThat(secret("").possible()).isTrue();
    assertThat(octets("\u0001\u00ff").possible()).isTrue();
    assertThat(octets("se\0cret").possible()).isFalse();
    assertThat(octets("secret\0").possible()).isFalse();
    assertThat(secret("x".repeat(Secret.MOST_OCTETS)).possible()).isTrue();
    assertThat(secret("x".repeat(Secret.MOST_OCTETS + 1)).possible()).isFalse();
  }
}
