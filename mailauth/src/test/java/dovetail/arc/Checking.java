package dovetail.arc;

import dovetail.dkim.CryptoProvider;
import dovetail.dkim.DkimVerifier;
import dovetail.dkim.PublicKeys;
import dovetail.dns.Answer;
import dovetail.dns.Questions;
import dovetail.dns.Resolver;
import dovetail.dns.TxtResolver;
import dovetail.mail.HeaderField;
import dovetail.mail.Headers;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Verifies chains with the real verifier. */
record Checking(Resolver resolver, Instant now, int maxSets) {
  static final Instant NOW = Instant.ofEpochSecond(1_700_000_000);

  private static final DkimVerifier.Tools TOOLS =
      new DkimVerifier.Tools(CryptoProvider.jdk(), new PublicKeys());

  /** With that sealer's key at every name. */
  static Checking with(HandSealer sealer) {
    return with(sealer.record());
  }

  static Checking with(String record) {
    return of(new TxtResolver(_ -> new Answer.Records<>(List.of(record), false)));
  }

  static Checking of(Resolver resolver) {
    return new Checking(resolver, NOW, ArcVerifier.MAX_SETS);
  }

  Checking limitedTo(int sets) {
    return new Checking(resolver, now, sets);
  }

  ArcVerifier verifier() {
    return new ArcVerifier(
        TOOLS, new Questions(resolver, Duration.ofSeconds(5), System::nanoTime), maxSets);
  }

  ArcResult result(TestMail mail) {
    return result(mail, Integer.MAX_VALUE);
  }

  ArcResult result(TestMail mail, int chunk) {
    return result(mail.headers(), TestMail.bytes(mail.body()), chunk);
  }

  ArcResult result(Headers headers, byte[] body, int chunk) {
    ArcVerifier verifier = verifier();
    for (HeaderField field : headers) {
      verifier.field(field);
    }
    for (int at = 0; at < body.length; at += Math.min(chunk, body.length)) {
      verifier.body(ByteBuffer.wrap(body, at, Math.min(chunk, body.length - at)));
    }
    return verifier.finish(headers, now);
  }

  ArcReason reason(TestMail mail) {
    return result(mail).reason();
  }
}
