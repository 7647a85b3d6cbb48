package dovetail.auth.password;

import static dovetail.auth.password.Passwords.octets;
import static dovetail.auth.password.Passwords.secret;
import static dovetail.auth.password.Passwords.verifier;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

/** The keys are those with which the RFCs' examples come out, and what is made can be read. */
final class ScramKeysTest {
  private final SecureRandom random = new SecureRandom();

  /** The exchange of RFC 7677 3, for the user "user" with the password "pencil". */
  @Test
  void provesTheExampleOfSha256() throws GeneralSecurityException {
    assertProves(
        ScramMechanism.SHA_256,
        "n=user,r=rOprNGfwEbeRWgbNEkqO,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,"
            + "s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096,"
            + "c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0",
        "dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=",
        "6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=");
  }

  /** The exchange of RFC 5802 5. */
  @Test
  void provesTheExampleOfSha1() throws GeneralSecurityException {
    assertProves(
        ScramMechanism.SHA_1,
        "n=user,r=fyko+d2lbbFgONRv9qkxdawL,r=fyko+d2lbbFgONRv9qkxdawL3rfcNHYJY1ZVvWVs7j,"
            + "s=QSXCR+Q6sek8bf92,i=4096,"
            + "c=biws,r=fyko+d2lbbFgONRv9qkxdawL3rfcNHYJY1ZVvWVs7j",
        "v0X8v3Bz2T0CJGbJQyF0X+HI4Ts=",
        "rmF9pqV8S7suAoZWja4dJRkFsKQ=");
  }

  private static void assertProves(
      ScramMechanism mechanism, String authMessage, String proof, String signature)
      throws GeneralSecurityException {
    String salt = authMessage.replaceAll(".*,s=([^,]*),.*", "$1");
    ScramKeys keys =
        ScramKeys.derive(
            mechanism,
            "pencil".getBytes(StandardCharsets.US_ASCII),
            Base64.getDecoder().decode(salt),
            4096);
    byte[] clientKey = hmac(mechanism, keys.storedKey(), authMessage);
    byte[] proven = Base64.getDecoder().decode(proof);
    assertThat(keys.isProof(authMessage, Secret.of(proven))).isTrue();
    assertThat(keys.isProof(authMessage + "x", Secret.of(proven))).isFalse();
    assertThat(keys.isProof(authMessage, Secret.of(Arrays.copyOf(proven, proven.length + 1))))
        .isFalse();
    assertThat(keys.signature(authMessage)).isEqualTo(Base64.getDecoder().decode(signature));
    for (int i = 0; i < clientKey.length; i++) {
      clientKey[i] ^= proven[i];
    }
    String digest = mechanism == ScramMechanism.SHA_1 ? "SHA-1" : "SHA-256";
    assertThat(MessageDigest.getInstance(digest).digest(clientKey)).isEqualTo(keys.storedKey());
    assertThat(hmac(mechanism, keys.serverKey(), authMessage))
        .isEqualTo(Base64.getDecoder().decode(signature));
  }

  private static byte[] hmac(ScramMechanism mechanism, byte[] key, String text)
      throws GeneralSecurityException {
    Mac mac = Mac.getInstance(mechanism.hmac());
    mac.init(new SecretKeySpec(key, mechanism.hmac()));
    return mac.doFinal(text.getBytes(StandardCharsets.US_ASCII));
  }

  @Test
  void takesNoOtherProof() {
    ScramKeys keys = ScramKeys.derive(ScramMechanism.SHA_256, new byte[] {'x'}, new byte[16], 4096);
    assertThat(keys.proofLength()).isEqualTo(32);
    for (int length : new int[] {0, 1, 31, 32, 33, 64}) {
      try (Secret proof = Secret.of(new byte[length])) {
        assertThat(keys.isProof("n=user,r=x", proof)).isFalse();
      }
    }
  }

  @Test
  void whatIsMadeCanBeRead() {
    for (ScramMechanism mechanism : ScramMechanism.values()) {
      ScramKeys keys = ScramKeys.generate(mechanism, secret("p\u00e4ss"), 5000, random);
      assertThat(keys.stored()).startsWith("{" + mechanism.word() + "}5000,");
      Verifier verifier = verifier(keys.stored());
      assertThat(verifier.matches(secret("p\u00e4ss"))).isTrue();
      assertThat(verifier.matches(secret("pass"))).isFalse();
      assertThat(verifier.outdated()).isEqualTo(mechanism == ScramMechanism.SHA_1);
      ScramKeys read = ((ScramVerifier) verifier).keys();
      assertThat(read).usingRecursiveComparison().isEqualTo(keys);
      assertThat(keys).hasToString(mechanism.word() + " keys of 5000 iterations");
    }
  }

  @Test
  void eachHasASaltOfItsOwn() {
    Secret password = secret("secret");
    assertThat(ScramKeys.generate(ScramMechanism.SHA_256, password, 4096, random).salt())
        .hasSize(16)
        .isNotEqualTo(ScramKeys.generate(ScramMechanism.SHA_256, password, 4096, random).salt());
  }

  @Test
  void refusesWhatNobodyCouldLogInWith() {
    for (Secret impossible : new Secret[] {octets("a\0b"), secret("x".repeat(1025))}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> ScramKeys.generate(ScramMechanism.SHA_256, impossible, 4096, random));
    }
    for (int iterations : new int[] {0, 4095, 1_000_001}) {
      assertThatIllegalArgumentException()
          .isThrownBy(
              () -> ScramKeys.generate(ScramMechanism.SHA_256, secret("x"), iterations, random));
    }
  }
}
