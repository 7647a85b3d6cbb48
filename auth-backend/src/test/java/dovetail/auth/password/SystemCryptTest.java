package dovetail.auth.password;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The C library's crypt(3), and our own where it has none or refuses. */
final class SystemCryptTest {
  private static final String BCRYPT = "$2y$04$abcdefghijklmnopqrstuu";
  private static final String ONE_ROUND = "$6$rounds=1000$salt$";

  @BeforeAll
  static void needLibrary() {
    assumeTrue(SystemCrypt.isThere(), "needs libcrypt.so.2 or libcrypt.so.1 of libxcrypt");
  }

  private static byte[] octets(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  @Test
  void hashesBehindTheSetting() {
    byte[] password = octets("test");
    assertThat(SystemCrypt.hash(password, BCRYPT))
        .hasValue(BCRYPT + "oD8yw7MmybLKVooaTGGZAt3HXugv2.a");
    assertThat(password).isEqualTo(octets("test"));
    assertThat(SystemCrypt.hash(octets(""), ONE_ROUND).orElseThrow()).startsWith(ONE_ROUND);
  }

  @Test
  void whatItRefusesIsNoHash() {
    assertThat(SystemCrypt.hash(octets("test"), "$6$rounds=999999999999$salt$")).isEmpty();
    assertThat(SystemCrypt.hash(octets("test"), "$2y$99$abcdefghijklmnopqrstuu")).isEmpty();
    assertThat(SystemCrypt.hash(octets("test"), "*0")).isEmpty();
    assertThat(SystemCrypt.hash(octets("test"), "$nothing$")).isEmpty();
    // More than CRYPT_MAX_PASSPHRASE_SIZE.
    assertThat(SystemCrypt.hash(octets("x".repeat(600)), ONE_ROUND)).isEmpty();
  }

  @Test
  void aPasswordThatIsTooLongForItIsStillCompared() {
    byte[] longer = octets("x".repeat(600));
    String hash = new ShaCrypt(DigestKind.SHA512).hash(longer, octets("salt"), 1000);
    Verifier verifier = Passwords.verifier("{CRYPT}" + ONE_ROUND + hash);
    assertThat(verifier.verify(longer)).isTrue();
    assertThat(verifier.verify(octets("x".repeat(601)))).isFalse();
  }

  @Test
  void ourOwnAgreesWithIt() throws Exception {
    List<String> passwords = List.of("", "test", "\u00e4\u00ff", "x".repeat(72), "x".repeat(100));
    for (String password : passwords) {
      byte[] octets = octets(password);
      for (String kind : List.of("$2a", "$2b", "$2x", "$2y")) {
        Optional<String> stored = SystemCrypt.hash(octets, kind + BCRYPT.substring(3));
        BcryptVerifier verifier = BcryptVerifier.parse("CRYPT", stored.orElseThrow());
        assertThat(verifier.verifyHere(octets)).isTrue();
        assertThat(verifier.verifyHere(octets("y" + password))).isFalse();
      }
      assertThat(SystemCrypt.hash(octets, ONE_ROUND))
          .hasValue(ONE_ROUND + new ShaCrypt(DigestKind.SHA512).hash(octets, octets("salt"), 1000));
      assertThat(SystemCrypt.hash(octets, "$5$salt$"))
          .hasValue(
              "$5$salt$" + new ShaCrypt(DigestKind.SHA256).hash(octets, octets("salt"), 5000));
    }
  }
}
