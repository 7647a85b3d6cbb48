package dovetail.dkim;

import dovetail.mail.HeaderField;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Checks signatures as RFC 6376 6.1 says, with nothing in common with the signer but the field's
 * bytes: enough to test signatures, and by far no verifier for mail from strangers.
 */
final class PlainVerifier {
  private static final byte[] ED25519_PREFIX = {
    0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00
  };

  private final Map<String, String> dns;

  /**
   * @param dns TXT records by name
   */
  PlainVerifier(Map<String, String> dns) {
    this.dns = dns;
  }

  static PlainVerifier of(List<SigningKey> keys) {
    Map<String, String> dns = new HashMap<>();
    for (SigningKey key : keys) {
      dns.put(KeyRecord.name(key.selector(), key.domain()), key.key().publicKeyRecord());
    }
    return new PlainVerifier(dns);
  }

  /** One word for each signature, top to bottom: pass, body or signature. */
  List<String> verify(TestMessage message) throws GeneralSecurityException {
    List<String> results = new ArrayList<>();
    for (HeaderField field : message.headers().all("DKIM-Signature")) {
      results.add(verify(message, field));
    }
    return results;
  }

  private String verify(TestMessage message, HeaderField field) throws GeneralSecurityException {
    Map<String, String> tags = tags(field.value());
    CanonicalizationPair pair =
        CanonicalizationPair.parse(tags.getOrDefault("c", "simple/simple")).orElseThrow();
    String body = NaiveCanonicalization.body(pair.body(), message.body());
    if (!Base64.getEncoder().encodeToString(sha256(body)).equals(tags.get("bh"))) {
      return "body";
    }
    StringBuilder data = new StringBuilder();
    for (String each : selected(message, tags.getOrDefault("h", ""))) {
      data.append(NaiveCanonicalization.header(pair.header(), each)).append("\r\n");
    }
    data.append(NaiveCanonicalization.header(pair.header(), text(unsigned(field))));
    byte[] signature = Base64.getDecoder().decode(tags.getOrDefault("b", ""));
    return verifies(tags, data.toString(), signature) ? "pass" : "signature";
  }

  private boolean verifies(Map<String, String> tags, String data, byte[] signature)
      throws GeneralSecurityException {
    String name = tags.get("s") + "._domainkey." + tags.get("d");
    Map<String, String> record = tags(dns.getOrDefault(name, ""));
    byte[] published = Base64.getDecoder().decode(record.getOrDefault("p", ""));
    boolean ed25519 = "ed25519-sha256".equals(tags.get("a"));
    Signature verifier = Signature.getInstance(ed25519 ? "Ed25519" : "SHA256withRSA");
    verifier.initVerify(publicKey(ed25519, published));
    verifier.update(ed25519 ? sha256(data) : TestMessage.bytes(data));
    return verifier.verify(signature);
  }

  private static PublicKey publicKey(boolean ed25519, byte[] published)
      throws GeneralSecurityException {
    if (!ed25519) {
      return KeyFactory.getInstance("RSA").generatePublic(new X509EncodedKeySpec(published));
    }
    byte[] spki = new byte[ED25519_PREFIX.length + published.length];
    System.arraycopy(ED25519_PREFIX, 0, spki, 0, ED25519_PREFIX.length);
    System.arraycopy(published, 0, spki, ED25519_PREFIX.length, published.length);
    return KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(spki));
  }

  /** RFC 6376 5.4.2: each mention takes the lowest field that is left. */
  static List<String> selected(TestMessage message, String names) {
    Map<String, Deque<String>> left = new HashMap<>();
    for (HeaderField field : message.headers()) {
      left.computeIfAbsent(field.name().toLowerCase(Locale.ROOT), _ -> new ArrayDeque<>())
          .push(text(field));
    }
    List<String> selected = new ArrayList<>();
    for (String name : names.split(":", -1)) {
      Deque<String> fields = left.getOrDefault(name.toLowerCase(Locale.ROOT), new ArrayDeque<>());
      if (!fields.isEmpty()) {
        selected.add(fields.pop());
      }
    }
    return selected;
  }

  /** The field with its b= empty (RFC 6376 3.7). */
  static HeaderField unsigned(HeaderField field) {
    String value = field.value().replaceFirst("((?:^|;)[ \t\r\n]*b[ \t\r\n]*=)[^;]*", "$1");
    String name = new String(field.raw(), 0, field.colon(), StandardCharsets.ISO_8859_1);
    return HeaderField.of(name, value);
  }

  /** A tag list without any white space, which none of the tags here needs. */
  static Map<String, String> tags(String list) {
    Map<String, String> tags = new HashMap<>();
    for (String tag : list.replaceAll("[ \t\r\n]+", "").split(";", -1)) {
      int equals = tag.indexOf('=');
      if (equals > 0) {
        tags.put(tag.substring(0, equals), tag.substring(equals + 1));
      }
    }
    return tags;
  }

  private static String text(HeaderField field) {
    return new String(field.raw(), StandardCharsets.ISO_8859_1);
  }

  private static byte[] sha256(String text) throws GeneralSecurityException {
    return MessageDigest.getInstance("SHA-256").digest(TestMessage.bytes(text));
  }
}
