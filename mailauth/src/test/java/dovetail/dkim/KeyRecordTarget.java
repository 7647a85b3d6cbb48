package dovetail.dkim;

import static org.assertj.core.api.Assertions.assertThat;

import dovetail.fuzz.FuzzTarget;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** Any text is a key that verifies nothing by chance, or it is known why it is none. */
public final class KeyRecordTarget implements FuzzTarget {
  private static final List<String> ALPHABET =
      List.of(
          "v=DKIM1;",
          "v=DKIM1",
          "v=spf1 ",
          "k=rsa;",
          "k=ed25519;",
          "t=y:s;",
          "t=y",
          "s=email;",
          "s=*;",
          "h=sha1:sha256;",
          "n=note;",
          "g=*;",
          "p=",
          ";",
          "=",
          ":",
          " ",
          "\t",
          "\r\n ",
          "\"",
          "\0",
          "\u00FF",
          "MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEA",
          "MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQ",
          "MIIBCgKCAQEA",
          "AQAB",
          "IDAQAB",
          "MAMC",
          "AAAA",
          "////",
          "+",
          "/",
          "==");
  private static final CryptoProvider CRYPTO = CryptoProvider.jdk();
  private static final byte[] TEXT = "text".getBytes(StandardCharsets.US_ASCII);

  @Override
  public String name() {
    return "keyrecord";
  }

  @Override
  public List<String> alphabet() {
    return ALPHABET;
  }

  @Override
  public String run(byte[] input) {
    String text = new String(input, StandardCharsets.ISO_8859_1);
    return switch (PublicKeyRecord.parse(text)) {
      case ParsedKey.Foreign() -> {
        assertThat(text).doesNotMatch("v=DKIM1;.*");
        yield "foreign";
      }
      case ParsedKey.Unusable(DkimReason reason, String detail) -> {
        assertThat(reason.status()).isEqualTo(DkimStatus.PERMERROR);
        yield detail.endsWith(" bits") ? reason.name() : reason + " " + detail;
      }
      case PublicKeyRecord key -> {
        check(key, text);
        yield key.key().algorithm() + (key.testing() ? " y" : "") + (key.strict() ? " s" : "");
      }
    };
  }

  private static void check(PublicKeyRecord key, String text) {
    Map<String, String> tags = PlainVerifier.tags(text);
    byte[] published = Base64.getDecoder().decode(tags.getOrDefault("p", ""));
    SignatureTarget.checkBase64(tags.getOrDefault("p", ""), published);
    assertThat(key.key().isPublishedAs(published)).isTrue();
    assertThat(tags.getOrDefault("v", "DKIM1")).isEqualTo("DKIM1");
    if (key.key().algorithm() == Algorithm.RSA_SHA256) {
      assertThat(key.key().bits()).isBetween(1024, VerificationKey.MAX_RSA_BITS);
    } else {
      assertThat(published).hasSize(32);
    }
    try {
      byte[] signature = new byte[(key.key().bits() + 7) / 8];
      assertThat(key.key().verifies(CRYPTO, signature, TEXT)).isFalse();
      assertThat(key.key().verifies(CRYPTO, new byte[0], TEXT)).isFalse();
    } catch (GeneralSecurityException _) {
      // Numbers of the right size that are no key: the provider may say so.
    }
  }
}
