package dovetail.dkim;

import static dovetail.dkim.DkimReason.KEY_MALFORMED;
import static dovetail.dkim.DkimReason.KEY_SIZE;
import static dovetail.dkim.DkimReason.VERIFIED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.math.BigInteger;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.interfaces.RSAPublicKey;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.DERSequence;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Octets that are keys, and octets that are none. */
class VerificationKeyTest {
  private static final HandSigner RSA = HandSigner.rsa(1024);
  private static final HandSigner ED25519 = HandSigner.ed25519();
  private static final BigInteger E = BigInteger.valueOf(65537);
  private static final Random RANDOM = new Random(6376);

  private static final List<CryptoProvider> PROVIDERS =
      List.of(
          CryptoProvider.jdk(),
          CryptoProvider.load(Path.of(System.getProperty("java.io.tmpdir", "/tmp"))));

  private static BigInteger modulus() {
    return ((RSAPublicKey) RSA.keys().getPublic()).getModulus();
  }

  private static byte[] pkcs1(BigInteger modulus, BigInteger exponent) {
    try {
      return new DERSequence(
              new ASN1Integer[] {new ASN1Integer(modulus), new ASN1Integer(exponent)})
          .getEncoded(ASN1Encoding.DER);
    } catch (java.io.IOException e) {
      throw new AssertionError("two numbers", e);
    }
  }

  /** An odd number of so many bits. */
  private static BigInteger odd(int bits) {
    return new BigInteger(bits, RANDOM).setBit(bits - 1).setBit(0);
  }

  private static byte[] spki(String algorithm) {
    try {
      return KeyPairGenerator.getInstance(algorithm).generateKeyPair().getPublic().getEncoded();
    } catch (GeneralSecurityException e) {
      throw new AssertionError(algorithm, e);
    }
  }

  private static Arguments rsa(String name, byte[] published, DkimReason expected) {
    return arguments(name, Algorithm.RSA_SHA256, published, expected);
  }

  static Stream<Arguments> rsaForms() {
    byte[] spki = RSA.published();
    return Stream.of(
        rsa("SubjectPublicKeyInfo", spki, VERIFIED),
        rsa("RSAPublicKey alone", pkcs1(modulus(), E), VERIFIED),
        rsa("garbage behind", Arrays.copyOf(spki, spki.length + 1), KEY_MALFORMED),
        rsa("cut short", Arrays.copyOf(spki, spki.length - 1), KEY_MALFORMED),
        rsa("nothing", new byte[0], KEY_MALFORMED),
        rsa("empty sequence", new byte[] {0x30, 0}, KEY_MALFORMED),
        rsa("one number", new byte[] {0x30, 3, 2, 1, 3}, KEY_MALFORMED),
        rsa("deep nest", HexFormat.of().parseHex("3080".repeat(6000)), KEY_MALFORMED),
        rsa("deep octet strings", HexFormat.of().parseHex("2480".repeat(6000)), KEY_MALFORMED),
        rsa("RSASSA-PSS", spki("RSASSA-PSS"), KEY_MALFORMED),
        rsa("EC", spki("EC"), KEY_MALFORMED),
        rsa("Ed25519", spki("Ed25519"), KEY_MALFORMED),
        rsa("private key", RSA.keys().getPrivate().getEncoded(), KEY_MALFORMED));
  }

  static Stream<Arguments> rsaNumbers() {
    return Stream.of(
        rsa("1023 bits", pkcs1(odd(1023), E), KEY_SIZE),
        rsa("1024 bits", pkcs1(odd(1024), E), VERIFIED),
        rsa("4096 bits", pkcs1(odd(4096), E), VERIFIED),
        rsa("8192 bits", pkcs1(odd(8192), E), VERIFIED),
        rsa("8193 bits", pkcs1(odd(8193), E), KEY_SIZE),
        rsa("80000 bits", pkcs1(odd(80_000), E), KEY_SIZE),
        rsa("modulus 0", pkcs1(BigInteger.ZERO, E), KEY_SIZE),
        rsa("even modulus", pkcs1(odd(2048).clearBit(0), E), KEY_MALFORMED),
        rsa("exponent 3", pkcs1(odd(2048), BigInteger.valueOf(3)), VERIFIED),
        rsa("exponent 1", pkcs1(odd(2048), BigInteger.ONE), KEY_MALFORMED),
        rsa("exponent 0", pkcs1(odd(2048), BigInteger.ZERO), KEY_MALFORMED),
        rsa("exponent 4", pkcs1(odd(2048), BigInteger.valueOf(4)), KEY_MALFORMED),
        rsa("exponent of 33 bits", pkcs1(odd(2048), odd(33)), VERIFIED),
        rsa("exponent of 34 bits", pkcs1(odd(2048), odd(34)), KEY_MALFORMED),
        rsa("exponent as long as the modulus", pkcs1(odd(2048), odd(2047)), KEY_MALFORMED));
  }

  private static Arguments point(String name, String hex, DkimReason expected) {
    return arguments(name, Algorithm.ED25519_SHA256, HexFormat.of().parseHex(hex), expected);
  }

  static Stream<Arguments> points() {
    return Stream.of(
        point("a key", HexFormat.of().formatHex(ED25519.published()), VERIFIED),
        point("31 octets", "01".repeat(31), KEY_MALFORMED),
        point("33 octets", "01".repeat(33), KEY_MALFORMED),
        point("wrapped", HexFormat.of().formatHex(spki("Ed25519")), KEY_MALFORMED),
        point("zero: order 4", "00".repeat(32), KEY_MALFORMED),
        point("one: the identity", "01" + "00".repeat(31), KEY_MALFORMED),
        point("minus nought", "01" + "00".repeat(30) + "80", KEY_MALFORMED),
        point("order 2", "ec" + "ff".repeat(30) + "7f", KEY_MALFORMED),
        point("p: not canonical", "ed" + "ff".repeat(30) + "7f", KEY_MALFORMED),
        point("no point", "02" + "00".repeat(31), KEY_MALFORMED),
        point("all ones", "ff".repeat(32), KEY_MALFORMED),
        point(
            "order 8",
            "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
            KEY_MALFORMED));
  }

  /** Whatever is a key must be one for every provider, and take any signature without a throw. */
  @ParameterizedTest(name = "{0}")
  @MethodSource({"rsaForms", "rsaNumbers", "points"})
  void areToldApart(String name, Algorithm algorithm, byte[] published, DkimReason expected)
      throws GeneralSecurityException {
    switch (VerificationKey.parse(algorithm, published)) {
      case VerificationKey.Unusable(DkimReason reason, String detail) -> {
        assertThat(reason).as(name).isEqualTo(expected);
        assertThat(detail).isNotEmpty();
      }
      case VerificationKey.Usable(VerificationKey key) -> {
        assertThat(expected).as(name).isEqualTo(VERIFIED);
        for (CryptoProvider crypto : PROVIDERS) {
          for (int length : new int[] {0, 1, 63, 64, 65, 127, 128, 129, 256, 1024, 9000}) {
            for (int fill : new int[] {0, 1, 0x7F, 0xFF}) {
              byte[] signature = new byte[length];
              Arrays.fill(signature, (byte) fill);
              assertThat(key.verifies(crypto, signature, new byte[] {1})).isFalse();
            }
          }
        }
      }
    }
  }

  /** Octets changed at random: a key or none, but never an exception, nor two opinions. */
  @Test
  void survivesNoise() throws GeneralSecurityException {
    String header = "v=DKIM1; p=";
    for (int i = 0; i < 3000; i++) {
      byte[] octets = (i % 2 == 0 ? RSA.published() : pkcs1(modulus(), E)).clone();
      for (int changes = RANDOM.nextInt(3); changes >= 0; changes--) {
        octets[RANDOM.nextInt(i % 3 == 0 ? 30 : octets.length)] = (byte) RANDOM.nextInt();
      }
      String text = header + Base64.getEncoder().encodeToString(octets);
      if (PublicKeyRecord.parse(text) instanceof PublicKeyRecord read) {
        for (CryptoProvider crypto : PROVIDERS) {
          assertThat(read.key().verifies(crypto, new byte[128], octets)).isFalse();
        }
      }
    }
  }
}
