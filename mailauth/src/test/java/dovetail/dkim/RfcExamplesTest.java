package dovetail.dkim;

import static org.assertj.core.api.Assertions.assertThat;

import dovetail.mail.HeaderField;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The signed messages of the RFCs, reproduced from their private keys. */
class RfcExamplesTest {
  private final CryptoProvider crypto = CryptoProvider.jdk();

  /** With the spacing that the body hash of the RFC was made from; its printed text has lost it. */
  @Test
  void rfc6376AppendixA2() throws SigningException, GeneralSecurityException {
    TestMessage message = TestMessage.parse(TestKeys.message("rfc6376-a2.eml"));
    SigningKey key =
        TestKeys.signingKey("example.com", "brisbane", TestKeys.key("rfc6376-brisbane.pem"));
    assertReproduced(message, message.headers().all("DKIM-Signature").getFirst(), key);
    assertThat(PlainVerifier.of(List.of(key)).verify(message)).containsExactly("pass");
    assertThat(Verification.of(List.of(key)).reasons(message)).containsExactly(DkimReason.VERIFIED);
  }

  @Test
  void rfc8463AppendixA() throws SigningException, GeneralSecurityException {
    TestMessage message = TestMessage.parse(TestKeys.message("rfc8463-a3.eml"));
    SigningKey ed25519 =
        TestKeys.signingKey(
            "football.example.com", "brisbane", TestKeys.key("rfc8463-brisbane.pem"));
    SigningKey rsa =
        TestKeys.signingKey("football.example.com", "test", TestKeys.key("rfc8463-test.pem"));
    List<HeaderField> signatures = message.headers().all("DKIM-Signature");
    assertReproduced(message, signatures.get(0), ed25519);
    assertReproduced(message, signatures.get(1), rsa);
    assertThat(PlainVerifier.of(List.of(ed25519, rsa)).verify(message))
        .containsExactly("pass", "pass");
    assertThat(Verification.of(List.of(ed25519, rsa)).reasons(message))
        .containsExactly(DkimReason.VERIFIED, DkimReason.VERIFIED);
  }

  /** RFC 8463 A.2 prints the record; that of RFC 6376 Appendix C has no k= tag. */
  @Test
  void publicKeys() {
    assertThat(TestKeys.key("rfc8463-brisbane.pem").publicKeyRecord())
        .isEqualTo("v=DKIM1; k=ed25519; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=");
    assertThat(TestKeys.key("rfc6376-brisbane.pem").publicKeyRecord())
        .isEqualTo(
            "v=DKIM1; k=rsa; p=MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQDwIRP/UC3SBsEmGqZ9ZJW3/DkMoGe"
                + "LnQg1fWn7/zYtIxN2SnFCjxOCKG9v3b4jYfcTNh5ijSsq631uBItLa7od+v/RtdC2UzJ1lWT947qR+R"
                + "cac2gbto/NMqJ0fzfVjH4OuKhitdY9tf6mcwGjaNBcWToIMmPSPDdQPNUYckcQ2QIDAQAB");
  }

  private void assertReproduced(TestMessage message, HeaderField signature, SigningKey key)
      throws SigningException {
    Map<String, String> tags = PlainVerifier.tags(signature.value());
    CanonicalizationPair pair =
        CanonicalizationPair.parse(tags.getOrDefault("c", "")).orElseThrow();
    assertThat(key.key().algorithm().tag()).isEqualTo(tags.get("a"));

    byte[] body = TestMessage.bytes(message.body());
    BodyHash hash = BodyHash.of(pair.body(), crypto.sha256());
    hash.update(body, 0, body.length);
    assertThat(Base64.getEncoder().encodeToString(hash.finish())).isEqualTo(tags.get("bh"));

    byte[] fields = named(message, tags.getOrDefault("h", "")).canonical(pair.header());
    byte[] own = pair.header().header(PlainVerifier.unsigned(signature));
    byte[] signed = DkimSigner.sign(key, fields, own, crypto);
    assertThat(Base64.getEncoder().encodeToString(signed)).isEqualTo(tags.get("b"));
  }

  private static SignedFields named(TestMessage message, String names) {
    List<HeaderField> fields = new ArrayList<>();
    List<String> seen = new ArrayList<>();
    for (String name : names.toLowerCase(Locale.ROOT).split(":", -1)) {
      if (!seen.contains(name)) { // no field of these messages is there twice
        fields.addAll(message.headers().all(name));
      }
      seen.add(name);
    }
    return new SignedFields(seen, fields);
  }
}
