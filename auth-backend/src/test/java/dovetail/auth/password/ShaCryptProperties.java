package dovetail.auth.password;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.apache.commons.codec.digest.Sha2Crypt;

/** commons-codec, where it knows the salt, writes the same. */
class ShaCryptProperties {
  @Property(seed = "20261121", tries = 200)
  void isWhatOthersWrite(
      @ForAll("passwords") byte[] password,
      @ForAll("salts") String salt,
      @ForAll @IntRange(min = 1000, max = 1100) int rounds) {
    byte[] octets = salt.getBytes(StandardCharsets.US_ASCII);
    String setting = "rounds=" + rounds + "$" + salt + "$";
    assertThat(setting + new ShaCrypt(DigestKind.SHA256).hash(password, octets, rounds))
        .isEqualTo(Sha2Crypt.sha256Crypt(password.clone(), "$5$" + setting).substring(3));
    assertThat(setting + new ShaCrypt(DigestKind.SHA512).hash(password, octets, rounds))
        .isEqualTo(Sha2Crypt.sha512Crypt(password.clone(), "$6$" + setting).substring(3));
  }

  @Provide
  Arbitrary<byte[]> passwords() {
    return Arbitraries.bytes().array(byte[].class).ofMaxSize(150);
  }

  @Provide
  Arbitrary<String> salts() {
    return Arbitraries.strings()
        .withCharRange('a', 'z')
        .withCharRange('.', '9')
        .ofMinLength(1)
        .ofMaxLength(16);
  }
}
