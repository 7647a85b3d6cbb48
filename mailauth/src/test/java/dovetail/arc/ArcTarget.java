package dovetail.arc;

import static org.assertj.core.api.Assertions.assertThat;

import dovetail.dkim.DkimKey;
import dovetail.dkim.DkimKeyException;
import dovetail.dns.Answer;
import dovetail.dns.Failure;
import dovetail.dns.TxtResolver;
import dovetail.fuzz.FuzzTarget;
import dovetail.mail.HeaderField;
import dovetail.mail.MessageReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Any message has one result. Where a chain passes it is whole, and the plain code of the tests
 * finds its newest signature with the body and all its seals right.
 */
public final class ArcTarget implements FuzzTarget {
  /** The record of the key that seeds are sealed with. */
  static final String RECORD = storedKey().publicKeyRecord();

  private static final byte[] ED25519_PREFIX = {
    0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00
  };

  private static final List<String> ALPHABET =
      List.of(
          "ARC-Seal:",
          "ARC-Message-Signature:",
          "ARC-Authentication-Results:",
          "i=1;",
          "i=2;",
          "i=3;",
          "i=51;",
          "i=",
          "a=ed25519-sha256;",
          "a=rsa-sha256;",
          "cv=none;",
          "cv=pass;",
          "cv=fail;",
          "c=relaxed/relaxed;",
          "c=simple;",
          "d=sealer1.example;",
          "s=k;",
          "s=down;",
          "h=from:to:subject;",
          "h=arc-seal;",
          ":arc-message-signature",
          "l=5;",
          "t=1700000000;",
          "x=1700000001;",
          "bh=",
          "b=",
          "=",
          ";",
          ":",
          "(",
          ")",
          " ",
          "\t",
          "\r\n ",
          "\r\n",
          "\r\n\r\n",
          "\0",
          "AAAA",
          "\u00FF",
          "From: a@author.example\r\n");

  private static final Checking CHECKING =
      Checking.of(
          new TxtResolver(name -> {
            String first = name.ascii().substring(0, name.ascii().indexOf('.'));
            return switch (first) {
              case "k" -> new Answer.Records<>(List.of(RECORD), false);
              case "down" -> new Answer.Failed<>(Failure.TIMEOUT);
              default -> new Answer.NoSuchName<>();
            };
          }));

  private static DkimKey storedKey() {
    try {
      String pem = HandSealer.resource("/dovetail/dkim/keys/ed25519-pkcs8.pem");
      return DkimKey.parse(TestMail.bytes(pem));
    } catch (DkimKeyException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public String name() {
    return "arc";
  }

  @Override
  public List<String> alphabet() {
    return ALPHABET;
  }

  @Override
  public String run(byte[] input) throws Exception {
    MessageReader reader =
        MessageReader.open(new ByteArrayInputStream(input), MessageReader.Limits.DEFAULT);
    byte[] body = body(reader);
    ArcResult result = CHECKING.result(reader.headers(), body, 7);
    boolean chain = reader.headers().fields().stream().anyMatch(ArcVerifier::isPart);
    assertThat(result.status() == ArcStatus.NONE).isEqualTo(!chain);
    assertThat(result.instances()).isBetween(0, 99);
    assertThat(result.words()).matches("[ -~]+");
    if (!result.sets().isEmpty()) {
      checkSets(result);
    }
    if (result.status() == ArcStatus.PASS) {
      checkPass(reader.headers().fields(), body, result);
    }
    return result.reason().name();
  }

  private static byte[] body(MessageReader reader) throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    Optional<ByteBuffer> chunk = reader.nextChunk();
    while (chunk.isPresent()) {
      ByteBuffer octets = chunk.get();
      while (octets.hasRemaining()) {
        body.write(octets.get());
      }
      chunk = reader.nextChunk();
    }
    return body.toByteArray();
  }

  private static void checkSets(ArcResult result) {
    assertThat(result.sets()).hasSize(result.instances());
    for (int i = 0; i < result.sets().size(); i++) {
      ArcSet set = result.sets().get(i);
      assertThat(set.instance()).isEqualTo(i + 1);
      assertThat(set.cv()).isEqualTo(ChainValidation.expected(i + 1));
    }
  }

  private static void checkPass(List<HeaderField> header, byte[] body, ArcResult result)
      throws GeneralSecurityException {
    List<String> fields = new ArrayList<>();
    for (HeaderField field : header) {
      fields.add(new String(field.raw(), StandardCharsets.ISO_8859_1));
    }
    int newest = result.instances();
    for (int instance = 1; instance <= newest; instance++) {
      String seal = PlainChain.part(fields, "arc-seal", instance);
      assertThat(verifies(seal, PlainChain.sealed(fields, instance))).isTrue();
    }
    String signature = PlainChain.part(fields, "arc-message-signature", newest);
    if (PlainChain.tags(signature).getOrDefault("c", "").startsWith("relaxed")) {
      assertThat(verifies(signature, PlainChain.signed(fields, signature))).isTrue();
    }
    checkBody(PlainChain.tags(signature), body);
  }

  /** Seeds are signed with relaxed bodies, and nobody else has their key. */
  private static void checkBody(Map<String, String> tags, byte[] body) {
    assertThat(tags.getOrDefault("c", "")).endsWith("/relaxed");
    assertThat(tags).doesNotContainKey("l");
    String text = new String(body, StandardCharsets.ISO_8859_1).replaceAll("[ \t]+", " ");
    String canonical = text.replaceAll(" (?=\r\n|\\z)", "").replaceAll("(?:\r\n)*\\z", "");
    byte[] hash = HandSealer.sha256(canonical.isEmpty() ? "" : canonical + "\r\n");
    assertThat(Base64.getDecoder().decode(tags.getOrDefault("bh", ""))).isEqualTo(hash);
  }

  private static boolean verifies(String field, String text) throws GeneralSecurityException {
    Map<String, String> tags = PlainChain.tags(field);
    byte[] point = Base64.getDecoder().decode(RECORD.substring(RECORD.indexOf("p=") + 2));
    byte[] spki = Arrays.copyOf(ED25519_PREFIX, ED25519_PREFIX.length + point.length);
    System.arraycopy(point, 0, spki, ED25519_PREFIX.length, point.length);
    Signature verifier = Signature.getInstance("Ed25519");
    verifier.initVerify(
        KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(spki)));
    verifier.update(HandSealer.sha256(text));
    return verifier.verify(Base64.getDecoder().decode(tags.getOrDefault("b", "")));
  }
}
