package dovetail.arc;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.Signature;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * Adds sets to messages with whatever fields it is given, right or wrong, by the plain code of the
 * tests alone. In the fields {@code {i}}, {@code {a}} and {@code {cv}} stand for what would be
 * right, {@code {bh}} and {@code {b}} for what is computed.
 */
record HandSealer(String algorithm, PrivateKey key, String published) {
  static final String RESULTS =
      "ARC-Authentication-Results: i={i}; mx{i}.example;\r\n"
          + "\tspf=pass smtp.mailfrom=a@author.example; dmarc=pass header.from=author.example";
  static final String SIGNATURE =
      "ARC-Message-Signature: i={i}; a={a}; c=relaxed/relaxed; d=sealer{i}.example; s=k;\r\n"
          + " h=from:to:subject; bh={bh}; b={b}";
  static final String SEAL =
      "ARC-Seal: i={i}; a={a}; cv={cv}; d=sealer{i}.example; s=k; t=1700000000;\r\n b={b}";

  /** A set's three fields. */
  record Fields(String results, String signature, String seal) {
    static final Fields USUAL = new Fields(RESULTS, SIGNATURE, SEAL);

    Fields withResults(String other) {
      return new Fields(other, signature, seal);
    }

    Fields withSignature(String other) {
      return new Fields(results, other, seal);
    }

    Fields withSeal(String other) {
      return new Fields(results, signature, other);
    }
  }

  static HandSealer rsa(int bits) {
    KeyPair pair = generate("RSA", bits);
    return new HandSealer("rsa-sha256", pair.getPrivate(), encoded(pair.getPublic().getEncoded()));
  }

  static HandSealer ed25519() {
    KeyPair pair = generate("Ed25519", 255);
    byte[] spki = pair.getPublic().getEncoded();
    byte[] point = Arrays.copyOfRange(spki, spki.length - 32, spki.length);
    return new HandSealer("ed25519-sha256", pair.getPrivate(), encoded(point));
  }

  static String resource(String name) {
    try (InputStream in =
        Optional.ofNullable(HandSealer.class.getResourceAsStream(name))
            .orElseThrow(() -> new IOException(name))) {
      return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static KeyPair generate(String algorithm, int bits) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
      generator.initialize(bits);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new AssertionError(algorithm, e);
    }
  }

  /** The record of the key. */
  String record() {
    String type = algorithm.substring(0, algorithm.indexOf('-'));
    return "v=DKIM1; k=" + type + "; p=" + published;
  }

  /** A message with so many sets, all right. */
  TestMail chain(int sets) {
    TestMail mail = TestMail.USUAL;
    for (int i = 0; i < sets; i++) {
      mail = seal(mail);
    }
    return mail;
  }

  /** The message with the next set on top. */
  TestMail seal(TestMail mail) {
    return seal(mail, Fields.USUAL);
  }

  TestMail seal(TestMail mail, Fields templates) {
    int instance = 1;
    while (hasSeal(mail, instance)) {
      instance++;
    }
    String place = Integer.toString(instance);
    String cv = instance == 1 ? "none" : "pass";
    List<String> fields = new ArrayList<>(mail.fields());
    for (String template : List.of(templates.results(), templates.signature(), templates.seal())) {
      String field = template.replace("{i}", place).replace("{a}", algorithm).replace("{cv}", cv);
      field = field.replace("{bh}", encoded(sha256(mail.body())));
      fields.addFirst(field);
      if (field.startsWith("ARC-Message-Signature")) {
        fields.set(0, signed(field, PlainChain.signed(fields, field)));
      } else if (field.startsWith("ARC-Seal") && field.contains("{b}")) {
        fields.set(0, signed(field, PlainChain.sealed(fields, instance)));
      }
    }
    return new TestMail(fields, mail.body());
  }

  private static boolean hasSeal(TestMail mail, int instance) {
    return mail.fields().stream().anyMatch(TestMail.part("ARC-Seal", instance));
  }

  private String signed(String field, String text) {
    return field.replace("{b}", encoded(sign(text)));
  }

  private byte[] sign(String text) {
    boolean rsa = algorithm.startsWith("rsa");
    try {
      Signature signer = Signature.getInstance(rsa ? "SHA256withRSA" : "Ed25519");
      signer.initSign(key);
      signer.update(rsa ? TestMail.bytes(text) : sha256(text));
      return signer.sign();
    } catch (GeneralSecurityException e) {
      throw new AssertionError("a key that does not sign", e);
    }
  }

  static byte[] sha256(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(TestMail.bytes(text));
    } catch (GeneralSecurityException e) {
      throw new AssertionError("SHA-256", e);
    }
  }

  private static String encoded(byte[] octets) {
    return Base64.getEncoder().encodeToString(octets);
  }
}
