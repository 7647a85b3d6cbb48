package dovetail.bench;

import dovetail.dkim.BodyHash;
import dovetail.dkim.Canonicalization;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Canonicalizing a body of a megabyte, with and without hashing it. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class BodyBenchmark {
  private static final int BYTES = 1 << 20;

  /** As long as what a connection hands on at once. */
  private static final int CHUNK = 16 * 1024;

  /** What the lines are like. */
  public enum Lines {
    PROSE("The quick brown fox jumps over the lazy dog, again and again.\r\n"),
    BASE64("QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVphYmNkZWZnaGlqa2xtbm9wcXJzdHV2d3h5ejAx\r\n"),
    SPACES("a  b \t c  d\r\n"),
    EMPTY("a\r\n\r\n\r\n\r\n\r\n\r\n\r\n\r\n");

    private final String line;

    Lines(String line) {
      this.line = line;
    }
  }

  @Param public Canonicalization canonicalization = Canonicalization.RELAXED;
  @Param public Lines lines = Lines.PROSE;

  @Param({"none", "SHA-256"})
  public String digest = "none";

  private byte[] body = {};
  private MessageDigest hash = new NoDigest();

  @Setup
  public void prepare() throws NoSuchAlgorithmException {
    body = lines.line.repeat(BYTES / lines.line.length()).getBytes(StandardCharsets.US_ASCII);
    hash = digest.equals("none") ? new NoDigest() : MessageDigest.getInstance(digest);
  }

  /** Takes everything and does nothing with it. */
  private static final class NoDigest extends MessageDigest {
    NoDigest() {
      super("none");
    }

    @Override
    protected void engineUpdate(byte input) {}

    @Override
    protected void engineUpdate(byte[] input, int offset, int length) {}

    @Override
    protected byte[] engineDigest() {
      return new byte[0];
    }

    @Override
    protected void engineReset() {}
  }

  @Benchmark
  public byte[] body() {
    BodyHash canonical = BodyHash.of(canonicalization, hash);
    for (int at = 0; at < body.length; at += CHUNK) {
      canonical.update(body, at, Math.min(CHUNK, body.length - at));
    }
    return canonical.finish();
  }
}
