package dovetail.dkim;

import java.nio.file.Path;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

/** Measures how fast bodies are hashed and messages signed, on one thread; asserts nothing. */
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
    char[] text = new char[2000];
    Arrays.fill(text, 'x');
    TestMessage message =
        TestMessage.of(
            "Received: a\nFrom: a@example.com\nTo: b@example.org\nSubject: s\nDate: now\n"
                + "Message-ID: <1@example.com>\nMIME-Version: 1.0\nContent-Type: text/plain",
            new String(text));
    double perSecond =
        perSecond(() -> {
          message.signatures(keys, SignatureSettings.defaults(), crypto, Instant.EPOCH);
          return 1;
        });
    System.out.printf("%s, %s: %.0f messages/s%n", crypto, kind, perSecond);
  }

  private static double perSecond(Work work) throws SigningException, NoSuchAlgorithmException {
    run(work, NANOS / 2);
    return run(work, NANOS);
  }

  private static double run(Work work, long nanos)
      throws SigningException, NoSuchAlgorithmException {
    long start = System.nanoTime();
    long done = 0;
    long elapsed;
    do {
      done += work.once();
      elapsed = System.nanoTime() - start;
    } while (elapsed < nanos);
    return done * 1e9 / elapsed;
  }
}
