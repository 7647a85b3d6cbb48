package dovetail.dkim;

import dovetail.mail.HeaderField;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/**
 * Signs with whatever tag list it is given, right or wrong, by the plain code of the tests alone.
 * In the list {@code {bh}} and {@code {b}} stand for what is computed.
 */
record HandSigner(KeyPair keys) {
  /** What most tests need of a signature. */
  static final String USUAL =
      " v=1; a=rsa-sha256; c=relaxed/relaxed; d=example.com; s=r1; h=from:to; bh={bh}; b={b}";

  static HandSigner rsa(int bits) {
    return of("RSA", bits);
  }

  static HandSigner ed25519() {
    return of("Ed25519", 255);
  }

  private static HandSigner of(String algorithm, int bits) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
      generator.initialize(bits);
      return new HandSigner(generator.generateKeyPair());
    } catch (GeneralSecurityException e) {
      throw new AssertionError(algorithm, e);
    }
  }

  private boolean isRsa() {
    return keys.getPublic() instanceof RSAPublicKey;
  }

  /** What goes into p=. */
  byte[] published() {
    byte[] spki = keys.getPublic().getEncoded();
    return isRsa() ? spki : Arrays.copyOfRange(spki, spki.length - 32, spki.length);
  }

  String record() {
    String type = isRsa() ? "rsa" : "ed25519";
    return "v=DKIM1; k=" + type + "; p=" + Base64.getEncoder().encodeToString(published());
  }

  /** The message with that signature on top. */
  TestMessage sign(TestMessage message, String template) {
    return message.with(List.of(field(message, template)));
  }

  HeaderField field(TestMessage message, String template) {
    Map<String, String> tags = PlainVerifier.tags(template);
    CanonicalizationPair pair =
        CanonicalizationPair.parse(tags.getOrDefault("c", "simple"))
            .orElse(CanonicalizationPair.SIMPLE);
    String body = NaiveCanonicalization.body(pair.body(), message.body());
    String length = tags.getOrDefault("l", "");
    int octets = length.matches("\\d{1,9}") ? Integer.parseInt(length) : body.length();
    byte[] hash = sha256(body.substring(0, Math.min(octets, body.length())));
    String value = template.replace("{bh}", Base64.getEncoder().encodeToString(hash));
    StringBuilder data = new StringBuilder();
    for (String each : PlainVerifier.selected(message, tags.getOrDefault("h", ""))) {
      data.append(NaiveCanonicalization.header(pair.header(), each)).append("\r\n");
    }
    HeaderField unsigned = PlainVerifier.unsigned(HeaderField.of("DKIM-Signature", value));
    String own = new String(unsigned.raw(), StandardCharsets.ISO_8859_1);
    data.append(NaiveCanonicalization.header(pair.header(), own));
    String signature = Base64.getEncoder().encodeToString(sign(data.toString()));
    return HeaderField.of("DKIM-Signature", value.replace("{b}", signature));
  }

  private byte[] sign(String data) {
    try {
      Signature signer = Signature.getInstance(isRsa() ? "SHA256withRSA" : "Ed25519");
      signer.initSign(keys.getPrivate());
      signer.update(isRsa() ? TestMessage.bytes(data) : sha256(data));
      return signer.sign();
    } catch (GeneralSecurityException e) {
      throw new AssertionError("a key that does not sign", e);
    }
  }

  private static byte[] sha256(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(TestMessage.bytes(text));
    } catch (GeneralSecurityException e) {
      throw new AssertionError("SHA-256", e);
    }
  }
}
