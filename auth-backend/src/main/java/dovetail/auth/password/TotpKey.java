package dovetail.auth.password;

import com.eatthepath.otp.TimeBasedOneTimePasswordGenerator;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.apache.commons.codec.binary.Base32;

/**
 * The secret by which a telephone shows another code each half minute (RFC 6238). For any thread.
 */
public final class TotpKey {
  /** Digits of a code, as all programs have them that people use. */
  public static final int DIGITS = 6;

  /** RFC 6238 5.2 recommends it, and programs know no other. */
  private static final Duration STEP = Duration.ofSeconds(30);

  /** RFC 6238 5.2: the telephone's clock may be behind or ahead. */
  private static final int MOST_STEPS_OFF = 1;

  private static final TimeBasedOneTimePasswordGenerator GENERATOR =
      new TimeBasedOneTimePasswordGenerator(STEP, DIGITS);

  private final SecretKey key;

  /**
   * @param base32 the secret
   * @throws IllegalArgumentException if it is none
   */
  public TotpKey(String base32) {
    this.key = new SecretKeySpec(new Base32().decode(base32), GENERATOR.getAlgorithm());
  }

  /**
   * The time step of which a code is, if it is one of now.
   *
   * @param used the last step whose code was used up, with all before it
   */
  public OptionalLong step(String code, Instant now, long used) {
    long step = Math.floorDiv(now.getEpochSecond(), STEP.toSeconds());
    return LongStream.rangeClosed(Math.max(step - MOST_STEPS_OFF, used + 1), step + MOST_STEPS_OFF)
        .filter(one -> isOf(one, code))
        .findFirst();
  }

  private boolean isOf(long step, String code) {
    try {
      Instant time = Instant.ofEpochSecond(step * STEP.toSeconds());
      return MessageDigest.isEqual(
          octets(GENERATOR.generateOneTimePasswordString(key, time)), octets(code));
    } catch (InvalidKeyException e) {
      throw new IllegalStateException("a key that is none of HMAC", e);
    }
  }

  private static byte[] octets(String code) {
    return code.getBytes(StandardCharsets.US_ASCII);
  }

  @Override
  public String toString() {
    return "(secret)";
  }
}
