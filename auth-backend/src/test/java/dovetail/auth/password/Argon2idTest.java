package dovetail.auth.password;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;
import org.junit.jupiter.api.Test;

/** Hashes are what their parameters say, and each has a salt of its own. */
final class Argon2idTest {
  private final Argon2id argon2id = new Argon2id(new SecureRandom());

  @Test
  void theHashCanBeComputedFromWhatStandsThere() {
    String stored = argon2id.hash("p\u00e4ssw\u00f6rd".toCharArray());
    assertThat(stored).startsWith("{ARGON2ID}$argon2id$v=19$m=19456,t=2,p=1$");
    String[] parts = stored.split("\\$", -1);
    byte[] hash = new byte[32];
    Argon2BytesGenerator generator = new Argon2BytesGenerator();
    generator.init(
        new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
            .withMemoryAsKB(19456)
            .withIterations(2)
            .withParallelism(1)
            .withSalt(Base64.getDecoder().decode(parts[4]))
            .build());
    generator.generateBytes("p\u00e4ssw\u00f6rd".getBytes(StandardCharsets.UTF_8), hash);
    assertThat(Base64.getDecoder().decode(parts[5])).isEqualTo(hash);
  }

  @Test
  void theSamePasswordHasAnotherHashEachTime() {
    char[] password = "secret".toCharArray();
    assertThat(argon2id.hash(password)).isNotEqualTo(argon2id.hash(password));
    assertThat(password).isEqualTo("secret".toCharArray());
  }
}
