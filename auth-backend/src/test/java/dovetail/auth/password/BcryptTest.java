package dovetail.auth.password;

import static dovetail.auth.password.Passwords.matches;
import static dovetail.auth.password.Passwords.octets;
import static dovetail.auth.password.Passwords.verifier;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** bcrypt, with hashes that libxcrypt's crypt(3) has made. */
final class BcryptTest {
  private static final String SALT = "$04$abcdefghijklmnopqrstuu";

  @ParameterizedTest
  @CsvSource({
    "test, oD8yw7MmybLKVooaTGGZAt3HXugv2.a",
    "'', byCG3zY1GIXMyxfivm.ClDiInHzxjiq",
    "\u00c3\u00a4\u00ff\u00a3 1, X01icMrKfm.qqjKoKKDq7YtYMPWJLcC",
    "\u00a3, rz1efvzeJjL4mQ813hrZNg3p1.ivOii",
    "\u00d1\u0091, SqNATdQiNEckAKLsqgsKbAM5.hZoMCq",
  })
  void allKindsButTheOneWithTheMistakeAreTheSame(String password, String hash) {
    for (String kind : List.of("$2a", "$2b", "$2y")) {
      for (String scheme : List.of("{BLF-CRYPT}", "{CRYPT}", "{SHA512-CRYPT}")) {
        Verifier verifier = verifier(scheme + kind + SALT + hash);
        assertThat(verifier.matches(octets(password))).isTrue();
        assertThat(verifier.matches(octets(password + "x"))).isFalse();
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "test, oD8yw7MmybLKVooaTGGZAt3HXugv2.a",
    "\u00c3\u00a4\u00ff\u00a3 1, ptlLAaXQX1CKfY6kTNNQgXer.QDg5fu",
    "\u00a3, MOaOTHB4gEm.rriBjXNwBNh.Oc4mKGG",
    "\u00ff\u00ff\u00a3, MOaOTHB4gEm.rriBjXNwBNh.Oc4mKGG",
    "\u00d1\u0091, mjGosqV8OkKEcduYTNz5PKN2scswFya",
  })
  void theMistakeIsMadeAgain(String password, String hash) {
    assertThat(verifier("{CRYPT}$2x" + SALT + hash).matches(octets(password))).isTrue();
  }

  @Test
  void seventyTwoOctetsCount() {
    String full = "{BLF-CRYPT}$2y" + SALT + "bzadhGtS2zEF.gu0yd0opP6cVzb.e0i";
    assertThat(matches(full, "x".repeat(72))).isTrue();
    assertThat(matches(full, "x".repeat(100))).isTrue();
    assertThat(matches(full, "x".repeat(71))).isFalse();
    String shorter = "{BLF-CRYPT}$2y" + SALT + ".gc7UY/21CSNJGJg21jJzx9QiOpJ9bO";
    assertThat(matches(shorter, "x".repeat(71))).isTrue();
    assertThat(matches(shorter, "x".repeat(72))).isFalse();
    String cut = "{BLF-CRYPT}$2y" + SALT + "5N37PwPbPJtwbi5qz2yPFUYT946IkYe";
    assertThat(verifier(cut).matches(octets("x".repeat(71) + "\u00e4\u00e4"))).isTrue();
  }

  @Test
  void aPasswordDoesNotEndAtANul() {
    String stored = "{CRYPT}$2y" + SALT + "oD8yw7MmybLKVooaTGGZAt3HXugv2.a";
    assertThat(verifier(stored).matches(octets("test\0"))).isFalse();
    assertThat(verifier(stored).matches(octets("test\0test"))).isFalse();
  }
}
