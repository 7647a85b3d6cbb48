package dovetail.dkim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DkimKeyTest {
  @Test
  void rsaInBothForms() throws DkimKeyException {
    for (String name : new String[] {"rsa2048-pkcs1.pem", "rsa2048-pkcs8.pem"}) {
      DkimKey key = DkimKey.parse(TestKeys.resource("keys/" + name));
      assertThat(key.algorithm()).isEqualTo(Algorithm.RSA_SHA256);
      assertThat(key.bits()).isEqualTo(2048);
      assertThat(key.warnings()).isEmpty();
      assertThat(key.publicKeyRecord())
          .isEqualTo("v=DKIM1; k=rsa; p=" + text("rsa2048-public.txt").strip());
    }
  }

  @Test
  void ed25519InBothVersions() throws DkimKeyException {
    DkimKey key = DkimKey.parse(TestKeys.resource("keys/ed25519-pkcs8.pem"));
    assertThat(key.algorithm()).isEqualTo(Algorithm.ED25519_SHA256);
    assertThat(key.bits()).isEqualTo(256);
    assertThat(key.warnings()).isEmpty();
    assertThat(key.publicKeyRecord())
        .isEqualTo("v=DKIM1; k=ed25519; p=" + text("ed25519-public.txt").strip());
    assertThat(TestKeys.key("ed25519-v2.pem").publicKeyRecord())
        .isEqualTo(TestKeys.key("rfc8463-brisbane.pem").publicKeyRecord());
  }

  @Test
  void lineEndsAndTextAroundDoNotMatter() throws DkimKeyException {
    String pem = text("rsa2048-pkcs8.pem");
    assertThat(DkimKey.parse(bytes(pem.replace("\n", "\r\n"))).bits()).isEqualTo(2048);
    assertThat(DkimKey.parse(bytes(pem + "trailing text\n")).bits()).isEqualTo(2048);
    assertThat(DkimKey.parse(bytes(pem + text("public.pem"))).bits()).isEqualTo(2048);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          rsa2048-pkcs1-encrypted.pem | encrypted
          rsa2048-pkcs8-encrypted.pem | encrypted
          ec-sec1.pem                 | DKIM cannot use the kind of key that is called EC PRIVATE KEY
          ec-pkcs8.pem                | an EC key; DKIM signs with RSA or Ed25519
          ed448-pkcs8.pem             | a key of kind 1.3.101.113
          public.pem                  | no private key but a PUBLIC KEY
          rsa512-pkcs1.pem            | RSA key of 512 bits; at least 1024 are needed
          ed25519-v2-mismatch.pem     | the two halves of the Ed25519 key do not match
          ed25519-public.txt          | no PEM block
          """)
  void refused(String name, String why) {
    assertThatThrownBy(() -> DkimKey.parse(TestKeys.resource("keys/" + name)))
        .isInstanceOf(DkimKeyException.class)
        .hasMessageContaining(why);
  }

  @Test
  void refusedForWhatTheFileHolds() {
    String pem = text("rsa2048-pkcs8.pem");
    assertRefused("", "no PEM block");
    assertRefused("\0\1\2", "no PEM block");
    assertRefused(pem + pem, "holds 2 private keys");
    assertRefused(pem.substring(0, pem.length() / 2), "damaged: no complete PEM block");
    assertRefused(
        "-----BEGIN PRIVATE KEY-----\nMAA=\n-----END PRIVATE KEY-----\n", "holds no private key");
    assertRefused(
        "-----BEGIN PRIVATE KEY-----\n-----END PRIVATE KEY-----\n", "holds no private key");
  }

  @Test
  void oddSizesAreWarnedOf() throws DkimKeyException {
    assertThat(TestKeys.key("rfc6376-brisbane.pem").warnings())
        .containsExactly("RSA key of 1024 bits: RFC 8301 asks for at least 2048 bits");
    byte[] none = {};
    assertThat(new DkimKey(Algorithm.RSA_SHA256, 8192, none, none).warnings())
        .containsExactly("RSA key of 8192 bits: verifiers need not take more than 4096 bits");
  }

  @Test
  void theKeyIsNeverShown() {
    assertThat(TestKeys.rsa()).hasToString("DkimKey[rsa-sha256, 2048 bits, private key not shown]");
  }

  @Test
  void generatedKeysAreRead() throws DkimKeyException {
    SecureRandom random = new SecureRandom();
    String pem = DkimKey.generate(Algorithm.RSA_SHA256, 1024, random);
    assertThat(pem).startsWith("-----BEGIN PRIVATE KEY-----\n").endsWith(" PRIVATE KEY-----\n");
    assertThat(pem.lines()).allMatch(line -> line.length() <= 64);
    assertThat(DkimKey.parse(bytes(pem)).bits()).isEqualTo(1024);
    DkimKey key = DkimKey.parse(bytes(DkimKey.generate(Algorithm.ED25519_SHA256, 0, random)));
    assertThat(key.algorithm()).isEqualTo(Algorithm.ED25519_SHA256);
    assertThatThrownBy(() -> DkimKey.generate(Algorithm.RSA_SHA256, 1023, random))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> DkimKey.generate(Algorithm.RSA_SHA256, 8193, random))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /** Whatever the bytes, the answer is a key or one kind of exception; damage is not accepted. */
  @Test
  void damagedKeysAreRefused() {
    Random random = new Random(8017);
    int refused = 0;
    for (String name : new String[] {"rsa2048-pkcs1.pem", "rsa2048-pkcs8.pem"}) {
      String type = name.contains("pkcs1") ? "RSA PRIVATE KEY" : "PRIVATE KEY";
      byte[] der = Base64.getMimeDecoder().decode(text(name).replaceAll("(?m)^(-|Test).*$", ""));
      for (int i = 0; i < 300; i++) {
        byte[] damaged = der.clone();
        damaged[random.nextInt(der.length)] ^= (byte) (1 << random.nextInt(8));
        String pem =
            "-----BEGIN %s-----\n%s\n-----END %s-----\n"
                .formatted(type, Base64.getMimeEncoder().encodeToString(damaged), type);
        try {
          // What little is accepted stands outside the numbers: versions, tags read leniently.
          assertThat(DkimKey.parse(bytes(pem)).publicKeyRecord())
              .isEqualTo(TestKeys.rsa().publicKeyRecord());
        } catch (DkimKeyException e) {
          assertThat(e).hasMessageNotContaining("null");
          refused++;
        }
      }
    }
    assertThat(refused).isGreaterThan(580);
  }

  private static void assertRefused(String pem, String why) {
    assertThatThrownBy(() -> DkimKey.parse(bytes(pem)))
        .isInstanceOf(DkimKeyException.class)
        .hasMessageContaining(why);
  }

  private static String text(String name) {
    return new String(TestKeys.resource("keys/" + name), StandardCharsets.ISO_8859_1);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
