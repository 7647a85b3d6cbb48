package dovetail.dkim;

import static org.assertj.core.api.Assertions.assertThat;

import dovetail.dns.Answer;
import dovetail.dns.Failure;
import dovetail.dns.MapResolver;
import dovetail.dns.Questions;
import dovetail.fuzz.FuzzTarget;
import dovetail.mail.Domain;
import dovetail.mail.HeaderField;
import dovetail.mail.Headers;
import dovetail.mail.MessageReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Any message has one result for each of its signatures, and none passes that a plain verifier does
 * not let pass. What is read of a field stands where it is said to stand.
 */
public final class SignatureTarget implements FuzzTarget {
  /** When the seeds were signed. */
  static final Instant NOW = Instant.ofEpochSecond(1_790_000_000);

  static final String RSA = TestKeys.rsa().publicKeyRecord();
  static final String ED25519 = TestKeys.ed25519().publicKeyRecord();

  private static final List<String> ALPHABET =
      List.of(
          "DKIM-Signature:",
          "v=1;",
          "a=rsa-sha256;",
          "a=ed25519-sha256;",
          "a=rsa-sha1;",
          "c=relaxed/simple;",
          "c=simple;",
          "d=good.example;",
          "d=b\u00C3\u00BCcher.example;",
          "s=rsa;",
          "s=ed;",
          "s=both;",
          "s=down;",
          "s=revoked;",
          "h=from:to:subject;",
          "h=From : FROM;",
          ":dkim-signature",
          "i=@good.example;",
          "i=a=40b@sub.good.example;",
          "l=5;",
          "l=99999999999999999999;",
          "t=1790000000;",
          "x=1790000001;",
          "q=dns/txt;",
          "z=From:a=3Bb",
          "bh=",
          "b=",
          "=",
          ";",
          ":",
          "/",
          " ",
          "\t",
          "\r\n ",
          "\r\n",
          "\r\n\r\n",
          "\0",
          "+/==",
          "AAAA",
          "\u00FF",
          "From: a@good.example\r\n",
          "Subject: x\r\n");

  private static final Domain GOOD = domain("good.example");
  private static final MapResolver DNS =
      new MapResolver(
          Map.of(
              name("rsa"), new Answer.Records<>(List.of(RSA), false),
              name("ed"), new Answer.Records<>(List.of(ED25519), true),
              name("both"), new Answer.Records<>(List.of("v=spf1 -all", RSA, ED25519), false),
              name("revoked"), new Answer.Records<>(List.of("v=DKIM1; p="), false),
              name("down"), new Answer.Failed<>(Failure.TIMEOUT)));
  private static final CryptoProvider CRYPTO = CryptoProvider.jdk();
  private static final int MAX_SIGNATURES = 3;

  @Override
  public String name() {
    return "signature";
  }

  @Override
  public List<String> alphabet() {
    return ALPHABET;
  }

  @Override
  public String run(byte[] input) throws Exception {
    byte[] name = "DKIM-Signature".getBytes(StandardCharsets.US_ASCII);
    checkParsed(HeaderField.of(name, input));
    MessageReader reader =
        MessageReader.open(new ByteArrayInputStream(input), MessageReader.Limits.DEFAULT);
    TestMessage message = new TestMessage(reader.headers(), body(reader));
    List<HeaderField> fields = message.headers().all(DkimVerifier.FIELD);
    fields.forEach(SignatureTarget::checkParsed);
    List<DkimResult> results = verify(message, fields);
    assertThat(results).hasSameSizeAs(fields);
    for (int i = 0; i < fields.size(); i++) {
      DkimResult result = results.get(i);
      assertThat(result.claims()).isEqualTo(parse(fields.get(i)).claims());
      if (result.status() == DkimStatus.PASS) {
        assertThat(result.key()).isPresent();
        checkPass(message, fields.get(i));
      }
    }
    return results.stream()
        .map(result -> result.reason().name())
        .distinct()
        .sorted()
        .limit(2)
        .collect(Collectors.joining(" "));
  }

  private static String body(MessageReader reader) throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    Optional<ByteBuffer> chunk = reader.nextChunk();
    while (chunk.isPresent()) {
      body.writeBytes(
          StandardCharsets.ISO_8859_1
              .decode(chunk.get())
              .toString()
              .getBytes(StandardCharsets.ISO_8859_1));
      chunk = reader.nextChunk();
    }
    return body.toString(StandardCharsets.ISO_8859_1);
  }

  private static List<DkimResult> verify(TestMessage message, List<HeaderField> fields) {
    Questions questions = new Questions(DNS, Duration.ofSeconds(1), () -> 0);
    DkimVerifier verifier =
        new DkimVerifier(
            new DkimVerifier.Tools(CRYPTO, new PublicKeys()), questions, MAX_SIGNATURES);
    fields.forEach(verifier::signature);
    verifier.body(ByteBuffer.wrap(TestMessage.bytes(message.body())));
    return verifier.finish(message.headers(), NOW);
  }

  /** The plain verifier knows neither l= nor signatures of signatures, nor base64 cut short. */
  private static void checkPass(TestMessage message, HeaderField field)
      throws GeneralSecurityException {
    Map<String, String> tags = PlainVerifier.tags(field.value());
    String bodyHash = tags.getOrDefault("bh", "");
    boolean plain =
        !tags.containsKey("l")
            && !tags.getOrDefault("h", "").toLowerCase(Locale.ROOT).contains("dkim-")
            && bodyHash.equals(encoded(Base64.getDecoder().decode(bodyHash)));
    if (!plain) {
      return;
    }
    List<HeaderField> others = new ArrayList<>(message.headers().fields());
    others.removeAll(message.headers().all(DkimVerifier.FIELD));
    TestMessage alone = new TestMessage(new Headers(others), message.body()).with(List.of(field));
    String record = "rsa-sha256".equals(tags.get("a")) ? RSA : ED25519;
    Map<String, String> dns = Map.of(tags.get("s") + "._domainkey." + tags.get("d"), record);
    assertThat(new PlainVerifier(dns).verify(alone)).containsExactly("pass");
  }

  private static ParsedSignature parse(HeaderField field) {
    return DkimSignature.parse(field, SignatureRules.DKIM);
  }

  private static void checkParsed(HeaderField field) {
    if (!(parse(field) instanceof DkimSignature signature)) {
      return;
    }
    String raw = new String(field.raw(), StandardCharsets.ISO_8859_1);
    int start = signature.blank().start();
    int end = signature.blank().end();
    assertThat(raw.substring(0, start)).matches("(?s).*[:;][ \t\r\n]*b[ \t\r\n]*=");
    assertThat(raw.substring(start, end)).doesNotContain(";");
    assertThat(raw.substring(end)).matches("(?s)(;.*)?");
    assertThat(signature.unsigned())
        .isEqualTo(
            HeaderField.of(
                raw.substring(0, field.colon()), // a space before the colon is hashed, too
                raw.substring(field.colon() + 1, start) + raw.substring(end)))
        .isEqualTo(PlainVerifier.unsigned(field));
    Map<String, String> tags = PlainVerifier.tags(field.value());
    assertThat(String.join(":", signature.names()))
        .isEqualTo(tags.getOrDefault("h", "").toLowerCase(Locale.ROOT));
    assertThat(signature.names()).contains("from");
    checkBase64(tags.getOrDefault("b", ""), signature.hashes().signature());
    checkBase64(tags.getOrDefault("bh", ""), signature.hashes().body());
    Domain identity = signature.identityDomain();
    assertThat(identity.equals(signature.domain()) || identity.isSubdomainOf(signature.domain()))
        .isTrue();
    assertThat(signature.keyName().isSubdomainOf(signature.domain())).isTrue();
    assertThat(signature.limits().bodyLength().orElse(0)).isNotNegative();
    if (signature.limits().expiry().isPresent()) {
      assertThat(signature.limits().expiry().getAsLong())
          .isGreaterThan(signature.limits().time().orElse(-1));
    }
  }

  /** Nothing but the alphabet, and as many octets as its characters hold. */
  static void checkBase64(String text, byte[] octets) {
    assertThat(text).matches("[A-Za-z0-9+/]+={0,2}");
    String digits = text.replace("=", "");
    assertThat(octets).hasSize(digits.length() * 6 / 8);
    // The last digit may hold bits that no octet takes.
    int sure = octets.length * 8 / 6;
    assertThat(encoded(octets)).startsWith(digits.substring(0, sure));
  }

  private static String encoded(byte[] octets) {
    return Base64.getEncoder().encodeToString(octets);
  }

  private static Domain name(String selector) {
    return domain(KeyRecord.name(selector, GOOD));
  }

  private static Domain domain(String name) {
    return Domain.parse(name).orElseThrow();
  }
}
