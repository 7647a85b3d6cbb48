package dovetail.dkim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dovetail.mail.HeaderField;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CryptoProviderTest {
  private static final Path FOLDER = Path.of(System.getProperty("java.io.tmpdir", "/tmp"));

  @Test
  void theJdkIsAlwaysThere() {
    assertThat(CryptoProvider.jdk().name()).isEqualTo("JDK 25");
    assertThat(CryptoProvider.jdk().fallbackReason()).isEmpty();
  }

  @Test
  void bothProvidersGiveTheSameBytes() throws GeneralSecurityException {
    CryptoProvider accp = accp();
    CryptoProvider jdk = CryptoProvider.jdk();
    Random random = new Random(8463);
    for (String name :
        new String[] {
          "rsa2048-pkcs1.pem", "rfc6376-brisbane.pem", "ed25519-pkcs8.pem", "ed25519-v2.pem"
        }) {
      DkimKey key = TestKeys.key(name);
      for (int i = 0; i < 20; i++) {
        byte[] data = new byte[random.nextInt(5000)];
        random.nextBytes(data);
        assertThat(key.sign(accp, data, data)).as(name).isEqualTo(key.sign(jdk, data, data));
      }
    }
  }

  @Test
  void threadsShareAKey() throws Exception {
    SigningKey rsa = TestKeys.signingKey("example.com", "r", TestKeys.rsa());
    SigningKey ed25519 = TestKeys.signingKey("example.com", "e", TestKeys.ed25519());
    List<SigningKey> keys = List.of(rsa, ed25519);
    CryptoProvider crypto = CryptoProvider.load(FOLDER);
    List<Future<List<HeaderField>>> signed = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 200; i++) {
        TestMessage message = message(i);
        signed.add(
            threads.submit(() ->
                message.signatures(keys, SignatureSettings.defaults(), crypto, Instant.EPOCH)));
      }
    }
    for (int i = 0; i < signed.size(); i++) {
      TestMessage message = message(i).with(result(signed.get(i)));
      assertThat(PlainVerifier.of(keys).verify(message)).containsExactly("pass", "pass");
    }
  }

  /** In a process of its own: whether the library loads is settled once for each. */
  @Test
  void aFolderThatCannotBeUsedIsAReasonNotACrash(@TempDir Path folder)
      throws IOException, InterruptedException {
    Path output = folder.resolve("output");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home", ""), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path", ""),
                FallbackProbe.class.getName(),
                Files.createFile(folder.resolve("no-folder")).toString())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    boolean ended = process.waitFor(60, TimeUnit.SECONDS);
    process.destroyForcibly();
    String text = Files.readString(output, StandardCharsets.UTF_8);
    assertThat(ended).as(text).isTrue();
    assertThat(text)
        .contains("name=JDK 25", "signed=256", "reason=", "ACCP does not load its native library");
  }

  @Test
  void thePoolKeepsNoMoreThanItMay() {
    Pool<String> pool = new Pool<>(2);
    assertThat(pool.take()).isEmpty();
    pool.give("a");
    pool.give("b");
    pool.give("c");
    assertThat(pool.take()).contains("a");
    assertThat(pool.take()).contains("b");
    assertThat(pool.take()).isEmpty();
    pool.give("d");
    assertThat(pool.take()).contains("d");
  }

  private static TestMessage message(int i) {
    return TestMessage.of("From: a@example.com\nSubject: " + i, "body " + i + "\r\n");
  }

  private static <T> T result(Future<T> future) throws ExecutionException, InterruptedException {
    return future.get();
  }

  private static CryptoProvider accp() {
    CryptoProvider provider = CryptoProvider.load(FOLDER);
    assumeTrue(
        provider.fallbackReason().isEmpty(),
        () -> "ACCP: " + provider.fallbackReason().orElse("not in use"));
    return provider;
  }
}
