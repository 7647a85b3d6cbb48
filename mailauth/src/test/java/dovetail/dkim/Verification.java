package dovetail.dkim;

import static org.assertj.core.api.Assertions.assertThat;

import dovetail.dns.Answer;
import dovetail.dns.MapResolver;
import dovetail.dns.Questions;
import dovetail.dns.Resolver;
import dovetail.mail.Domain;
import dovetail.mail.HeaderField;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Verifies messages with the real verifier, once with each provider, which must agree. */
record Verification(Resolver resolver, Instant now, int maxSignatures) {
  static final Instant NOW = Instant.ofEpochSecond(1_700_000_000);

  private static final List<CryptoProvider> PROVIDERS =
      List.of(
          CryptoProvider.jdk(),
          CryptoProvider.load(Path.of(System.getProperty("java.io.tmpdir", "/tmp"))));

  private static final PublicKeys KEYS = new PublicKeys();

  /** With the records of one name. */
  static Verification of(String name, String... texts) {
    return of(Map.of(name, List.of(texts)));
  }

  static Verification of(Map<String, List<String>> records) {
    Map<Domain, Answer<String>> answers = new HashMap<>();
    records.forEach(
        (name, texts) -> answers.put(keyName(name), new Answer.Records<>(texts, false)));
    return of(new MapResolver(answers));
  }

  static Verification of(List<SigningKey> keys) {
    Map<String, List<String>> records = new HashMap<>();
    for (SigningKey key : keys) {
      records.put(
          KeyRecord.name(key.selector(), key.domain()), List.of(key.key().publicKeyRecord()));
    }
    return of(records);
  }

  static Domain keyName(String name) {
    String[] parts = name.split("\\._domainkey\\.", 2);
    return TestKeys.domain(parts[1])
        .below(KeyRecord.SUBDOMAIN)
        .orElseThrow()
        .below(parts[0])
        .orElseThrow();
  }

  static Verification of(Resolver resolver) {
    return new Verification(resolver, NOW, 100);
  }

  Verification at(Instant time) {
    return new Verification(resolver, time, maxSignatures);
  }

  List<DkimResult> results(TestMessage message) {
    List<List<DkimResult>> results = new ArrayList<>();
    for (CryptoProvider crypto : PROVIDERS) {
      results.add(results(message, crypto, Integer.MAX_VALUE));
    }
    assertThat(results.getLast()).isEqualTo(results.getFirst());
    return results.getFirst();
  }

  List<DkimResult> results(TestMessage message, CryptoProvider crypto, int chunk) {
    DkimVerifier verifier = verifier(crypto);
    for (HeaderField field : message.headers().all(DkimVerifier.FIELD)) {
      verifier.signature(field);
    }
    byte[] body = TestMessage.bytes(message.body());
    for (int at = 0; at < body.length; at += Math.min(chunk, body.length)) {
      verifier.body(ByteBuffer.wrap(body, at, Math.min(chunk, body.length - at)));
    }
    return verifier.finish(message.headers(), now);
  }

  DkimVerifier verifier(CryptoProvider crypto) {
    return new DkimVerifier(
        new DkimVerifier.Tools(crypto, KEYS),
        new Questions(resolver, Duration.ofSeconds(5), System::nanoTime),
        maxSignatures);
  }

  /** The reasons alone, in the order of the signatures. */
  List<DkimReason> reasons(TestMessage message) {
    return results(message).stream().map(DkimResult::reason).toList();
  }
}
