package dovetail.auth.password;

import static org.assertj.core.api.Assertions.assertThat;

import com.eatthepath.otp.TimeBasedOneTimePasswordGenerator;
import java.security.InvalidKeyException;
import java.time.Instant;
import javax.crypto.spec.SecretKeySpec;
import org.apache.commons.codec.binary.Base32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Codes of one-time passwords. */
public final class TotpKeyTest {
  /** That of RFC 6238, appendix B. */
  public static final String SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

  private static final TotpKey KEY = new TotpKey(SECRET);

  /** The code of a time. */
  public static String code(Instant time) {
    try {
      TimeBasedOneTimePasswordGenerator generator = new TimeBasedOneTimePasswordGenerator();
      SecretKeySpec key = new SecretKeySpec(new Base32().decode(SECRET), generator.getAlgorithm());
      return generator.generateOneTimePasswordString(key, time);
    } catch (InvalidKeyException e) {
      throw new AssertionError(e);
    }
  }

  /** RFC 6238, appendix B, the last six of its eight digits. */
  @ParameterizedTest
  @CsvSource({
    "59, 287082",
    "1111111109, 081804",
    "1111111111, 050471",
    "1234567890, 005924",
    "2000000000, 279037",
    "20000000000, 353130",
  })
  void codesAreThoseOfTheRfc(long seconds, String code) {
    assertThat(KEY.step(code, Instant.ofEpochSecond(seconds), 0)).hasValue(seconds / 30);
  }

  @Test
  void aClockMayBeAStepOff() {
    assertThat(KEY.step("287082", Instant.ofEpochSecond(89), 0)).hasValue(1);
    assertThat(KEY.step("287082", Instant.ofEpochSecond(90), 0)).isEmpty();
    assertThat(KEY.step("287082", Instant.ofEpochSecond(0), 0)).hasValue(1);
    assertThat(KEY.step("287082", Instant.ofEpochSecond(-1), 0)).isEmpty();
  }

  @Test
  void whatWasUsedIsUsedUp() {
    assertThat(KEY.step("287082", Instant.ofEpochSecond(59), 1)).isEmpty();
    assertThat(KEY.step("287082", Instant.ofEpochSecond(59), Long.MAX_VALUE - 1)).isEmpty();
  }

  @Test
  void whatIsNoCodeIsNone() {
    for (String code :
        new String[] {"", "28708", "2870820", "94287082", "28708 ", "\u0662287082"}) {
      assertThat(KEY.step(code, Instant.ofEpochSecond(59), 0)).as(code).isEmpty();
    }
  }

  @Test
  void theSecretIsNotShown() {
    assertThat(KEY).hasToString("(secret)");
  }
}
