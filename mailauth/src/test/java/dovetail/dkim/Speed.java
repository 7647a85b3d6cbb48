package dovetail.dkim;

import dovetail.mail.HeaderField;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

/**
 * Measures how fast bodies are hashed, and messages signed and verified, in the time of one thread
 * on its processor; asserts nothing.
 */
final class Speed {
  private static final long NANOS = Duration.ofSeconds(2).toNanos();
  private static final int CHUNK = 65_535;

  private Speed() {}

  private interface Work {
    long once() throws SigningException, NoSuchAlgorithmException;
  }

  public static void main(String[] arguments) throws SigningException, NoSuchAlgorithmException {
    bodies("prose", "The quick brown fox jumps over the lazy dog, again and again.\r\n");
    bodies(
        "base64", "QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVphYmNkZWZnaGlqa2xtbm9wcXJzdHV2d3h5ejAx\r\n");
    bodies("spaces", "a  b \t c  d\r\n");
    bodies("empty lines", "a\r\n\r\n\r\n\r\n\r\n\r\n\r\n\r\n");
    for (CryptoProvider crypto :
        List.of(CryptoProvider.jdk(), CryptoProvider.load(Path.of(arguments[0])))) {
      signatures(crypto, "RSA-2048", List.of(key(TestKeys.rsa())));
      signatures(crypto, "Ed25519", List.of(key(TestKeys.ed25519())));
      signatures(crypto, "both", List.of(key(TestKeys.rsa()), key(TestKeys.ed25519())));
      verifications(crypto, "RSA-2048", key(TestKeys.rsa()));
      verifications(crypto, "Ed25519", key(TestKeys.ed25519()));
    }
  }

  private static SigningKey key(DkimKey key) {
    return TestKeys.signingKey("example.com", "s", key);
  }

  private static void bodies(String kind, String line)
      throws SigningException, NoSuchAlgorithmException {
    byte[] body = TestMessage.bytes(line.repeat(4_000_000 / line.length()));
    for (Canonicalization each : Canonicalization.values()) {
      double perSecond =
          perSecond(() -> {
            BodyHash hash = BodyHash.of(each, BodyHashTest.sha256());
            for (int at = 0; at < body.length; at += CHUNK) {
              hash.update(body, at, Math.min(CHUNK, body.length - at));
            }
            hash.finish();
            return body.length;
          });
      System.out.printf("%s, %s: %.0f MB/s%n", kind, each.tag(), perSecond / 1e6);
    }
  }

  private static void signatures(CryptoProvider crypto, String kind, List<SigningKey> keys)
      throws SigningException, NoSuchAlgorithmException {
    TestMessage message = message();
    double perSecond =
        perSecond(() -> {
          message.signatures(keys, SignatureSettings.defaults(), crypto, Instant.EPOCH);
          return 1;
        });
    System.out.printf("%s, %s: %.0f messages/s%n", crypto, kind, perSecond);
  }

  private static TestMessage message() {
    char[] text = new char[2000];
    Arrays.fill(text, 'x');
    return TestMessage.of(
        "Received: a\nFrom: a@example.com\nTo: b@example.org\nSubject: s\nDate: now\n"
            + "Message-ID: <1@example.com>\nMIME-Version: 1.0\nContent-Type: text/plain",
        new String(text));
  }

  private static void verifications(CryptoProvider crypto, String kind, SigningKey key)
      throws SigningException, NoSuchAlgorithmException {
    TestMessage message = message();
    List<HeaderField> signatures =
        message.signatures(List.of(key), SignatureSettings.defaults(), crypto, Verification.NOW);
    TestMessage signed = message.with(signatures);
    byte[] body = TestMessage.bytes(message.body());
    Verification verification = Verification.of(List.of(key));
    double perSecond =
        perSecond(() -> {
          DkimVerifier verifier = verification.verifier(crypto);
          verifier.signature(signatures.getFirst());
          verifier.body(ByteBuffer.wrap(body));
          List<DkimResult> results = verifier.finish(signed.headers(), Verification.NOW);
          return results.getFirst().status() == DkimStatus.PASS ? 1 : 0;
        });
    System.out.printf("%s, %s: %.0f verified/s%n", crypto, kind, perSecond);
  }

  private static double perSecond(Work work) throws SigningException, NoSuchAlgorithmException {
    run(work, NANOS / 2);
    return run(work, NANOS);
  }

  private static double run(Work work, long nanos)
      throws SigningException, NoSuchAlgorithmException {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    long start = threads.getCurrentThreadCpuTime();
    long done = 0;
    long elapsed;
    do {
      done += work.once();
      elapsed = threads.getCurrentThreadCpuTime() - start;
    } while (elapsed < nanos);
    return done * 1e9 / elapsed;
  }
}
