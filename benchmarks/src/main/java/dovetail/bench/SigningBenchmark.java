package dovetail.bench;

import dovetail.dkim.Algorithm;
import dovetail.dkim.CryptoProvider;
import dovetail.dkim.DkimKey;
import dovetail.dkim.DkimKeyException;
import dovetail.dkim.DkimSigner;
import dovetail.dkim.SignatureSettings;
import dovetail.dkim.SigningException;
import dovetail.dkim.SigningKey;
import dovetail.mail.Domain;
import dovetail.mail.HeaderField;
import dovetail.mail.Headers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Signing a whole message with one key, relaxed/relaxed, by each provider of cryptography. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class SigningBenchmark {
  private static final int RSA_BITS = 2048;

  @Param({"RSA_SHA256", "ED25519_SHA256"})
  public Algorithm algorithm = Algorithm.RSA_SHA256;

  @Param({"native", "jdk"})
  public String provider = "native";

  @Param({"2048", "1048576"})
  public int bytes = 2048;

  private CryptoProvider crypto = CryptoProvider.jdk();
  private List<SigningKey> keys = List.of();
  private Headers headers = new Headers(List.of());
  private byte[] body = {};

  @Setup
  public void prepare() throws DkimKeyException {
    if (provider.equals("native")) {
      crypto = CryptoProvider.load(Path.of(System.getProperty("java.io.tmpdir")));
      if (crypto.fallbackReason().isPresent()) {
        throw new IllegalStateException(crypto.fallbackReason().get());
      }
    }
    String pem = DkimKey.generate(algorithm, RSA_BITS, new SecureRandom());
    DkimKey key = DkimKey.parse(pem.getBytes(StandardCharsets.US_ASCII));
    keys = List.of(new SigningKey(Domain.parse("demo.example").orElseThrow(), "s", key));
    Mail mail = Mail.ofSize(bytes);
    headers = new Headers(mail.fields());
    body = mail.body();
  }

  @Benchmark
  public List<HeaderField> sign() throws SigningException {
    DkimSigner signer = new DkimSigner(keys, SignatureSettings.defaults(), crypto);
    signer.body(ByteBuffer.wrap(body));
    return signer.finish(headers, Instant.EPOCH);
  }
}
