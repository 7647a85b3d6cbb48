package dovetail.bench;

import dovetail.dkim.Algorithm;
import dovetail.dkim.CryptoProvider;
import dovetail.dkim.DkimKey;
import dovetail.dkim.DkimKeyException;
import dovetail.dkim.DkimResult;
import dovetail.dkim.DkimSigner;
import dovetail.dkim.DkimStatus;
import dovetail.dkim.DkimVerifier;
import dovetail.dkim.PublicKeys;
import dovetail.dkim.SignatureSettings;
import dovetail.dkim.SigningException;
import dovetail.dkim.SigningKey;
import dovetail.dns.Answer;
import dovetail.dns.MapResolver;
import dovetail.dns.Questions;
import dovetail.dns.Resolver;
import dovetail.mail.Domain;
import dovetail.mail.HeaderField;
import dovetail.mail.Headers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Verifying a whole message with one signature whose key is known, relaxed/relaxed. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class VerifyingBenchmark {
  private static final int RSA_BITS = 2048;
  private static final int MAX_SIGNATURES = 10;
  private static final Domain DOMAIN = Domain.parse("demo.example").orElseThrow();

  @Param({"RSA_SHA256", "ED25519_SHA256"})
  public Algorithm algorithm = Algorithm.RSA_SHA256;

  @Param({"native", "jdk"})
  public String provider = "native";

  @Param({"2048", "1048576"})
  public int bytes = 2048;

  private final PublicKeys publicKeys = new PublicKeys();
  private CryptoProvider crypto = CryptoProvider.jdk();
  private Resolver resolver = new MapResolver(Map.of());
  private Headers headers = new Headers(List.of());
  private byte[] body = {};

  @Setup
  public void prepare() throws DkimKeyException, SigningException {
    if (provider.equals("native")) {
      crypto = CryptoProvider.load(Path.of(System.getProperty("java.io.tmpdir")));
      if (crypto.fallbackReason().isPresent()) {
        throw new IllegalStateException(crypto.fallbackReason().get());
      }
    }
    String pem = DkimKey.generate(algorithm, RSA_BITS, new SecureRandom());
    DkimKey key = DkimKey.parse(pem.getBytes(StandardCharsets.US_ASCII));
    Mail mail = Mail.ofSize(bytes);
    body = mail.body();
    DkimSigner signer =
        new DkimSigner(
            List.of(new SigningKey(DOMAIN, "s", key)), SignatureSettings.defaults(), crypto);
    signer.body(ByteBuffer.wrap(body));
    List<HeaderField> fields =
        new ArrayList<>(signer.finish(new Headers(mail.fields()), Instant.EPOCH));
    fields.addAll(mail.fields());
    headers = new Headers(fields);
    resolver =
        new MapResolver(
            Map.of(
                DOMAIN.below("s._domainkey").orElseThrow(),
                new Answer.Records<>(List.of(key.publicKeyRecord()), false)));
    if (verify().getFirst().status() != DkimStatus.PASS) {
      throw new IllegalStateException("the signature does not pass: " + verify());
    }
  }

  @Benchmark
  public List<DkimResult> verify() {
    Questions questions = new Questions(resolver, Duration.ofSeconds(1), System::nanoTime);
    DkimVerifier verifier =
        new DkimVerifier(new DkimVerifier.Tools(crypto, publicKeys), questions, MAX_SIGNATURES);
    headers.all(DkimVerifier.FIELD).forEach(verifier::signature);
    verifier.body(ByteBuffer.wrap(body));
    return verifier.finish(headers, Instant.EPOCH);
  }
}
