package dovetail.outbox;

import static dovetail.outbox.Mails.settings;
import static org.assertj.core.api.Assertions.assertThat;

import dovetail.outbox.ScriptedRelay.Answer;
import dovetail.outbox.ScriptedRelay.Then;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** STARTTLS is used where it works, with any certificate, and nothing is lost where it does not. */
@Timeout(60)
final class EncryptionTest {
  private static final char[] PASSWORD = "secret".toCharArray();
  private static final OutgoingMail MAIL = Mails.text("Hello\n");
  private static final Outcome ACCEPTED = new Outcome.Accepted("2.0.0 Ok: queued as 4101D240351");

  @TempDir static Path folder;
  private static SSLContext context = context();
  private ScriptedRelay relay = new ScriptedRelay(context);

  private static SSLContext context() {
    try {
      return SSLContext.getInstance("TLS");
    } catch (java.security.NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** For another name, by nobody's authority, and long expired. */
  @BeforeAll
  static void makeABadCertificate() throws Exception {
    Path keys = folder.resolve("keys.p12");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(
        List.of(
            ("-genkeypair -keystore %s -storepass secret -alias key -keyalg EC"
                    + " -groupname secp256r1 -dname CN=elsewhere -startdate -10d -validity 3")
                .formatted(keys)
                .split(" ")));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(keys)) {
      store.load(in, PASSWORD);
    }
    KeyManagerFactory factory =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(store, PASSWORD);
    context.init(factory.getKeyManagers(), null, null);
  }

  @BeforeEach
  void begin() throws Exception {
    relay.close();
    relay = new ScriptedRelay(context);
  }

  @AfterEach
  void close() throws Exception {
    relay.close();
  }

  private Outcome send() throws Exception {
    Duration shortly = Duration.ofSeconds(2);
    Outcome delivery =
        new SmtpOutbox(settings(relay.port(), shortly, shortly.multipliedBy(5))).send(MAIL);
    assertThat(relay.isLeft()).as("the connection is closed").isTrue();
    return delivery;
  }

  @Test
  void encrypts() throws Exception {
    assertThat(send()).isEqualTo(ACCEPTED);
    assertThat(relay.heard())
        .containsExactly(
            "connection",
            "EHLO mx.example",
            "STARTTLS",
            "TLS",
            "EHLO mx.example",
            "MAIL FROM:<bounces@mx.example>",
            "RCPT TO:<rua@example.org>",
            "DATA",
            "QUIT");
    assertThat(relay.messages()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"454 4.7.0 TLS not available", "502 5.5.1 what?", "250 yes", "garbage"})
  void goesOnInClearIfRefused(String line) throws Exception {
    relay.say("STARTTLS", line);
    inClear();
  }

  @Test
  void goesOnInClearIfTheHandshakeFails() throws Exception {
    relay.on("STARTTLS", Answer.says("220 go\r\nthis is no TLS"));
    inClear();
  }

  @Test
  void goesOnInClearIfTheConnectionEnds() throws Exception {
    relay.on("STARTTLS", Answer.says("220 go").then(Then.CLOSE));
    inClear();
  }

  @Test
  void goesOnInClearAfterSilence() throws Exception {
    relay.on("STARTTLS", Answer.says("220 go").then(Then.BE_SILENT));
    inClear();
  }

  @Test
  void goesOnInClearIfTheHandshakeHasNoEnd() throws Exception {
    relay.on(
        "STARTTLS", Answer.says("220 go\r\n" + "\26\3\3\0\1\1".repeat(10_000)).then(Then.REPEAT));
    inClear();
  }

  private void inClear() throws Exception {
    assertThat(send()).isEqualTo(ACCEPTED);
    assertThat(relay.heard())
        .filteredOn(line -> !line.equals("broken"))
        .startsWith("connection", "EHLO mx.example", "STARTTLS")
        .contains("DATA")
        .doesNotContain("TLS")
        .filteredOn("connection"::equals)
        .hasSize(2);
    assertThat(relay.messages()).hasSize(1);
  }

  @Test
  void aMailIsNotSentTwice() throws Exception {
    relay.say("DATA", "451 4.3.0 later");
    assertThat(send()).isInstanceOf(Outcome.PutOff.class);
    assertThat(relay.heard()).filteredOn("connection"::equals).hasSize(1);
  }

  @Test
  void boundsRepliesWithinTls() throws Exception {
    relay.on("MAIL", Answer.says("250-more").then(Then.REPEAT));
    assertThat(send()).isInstanceOf(Outcome.PutOff.class).asString().contains("without end");
  }

  @Test
  void givesUpOnSilenceWithinTls() throws Exception {
    relay.on("MAIL", new Answer(new byte[0], 0, Then.BE_SILENT));
    assertThat(send()).isInstanceOf(Outcome.PutOff.class).asString().contains("no reply in time");
  }

  @Test
  void keepsToTheSizeWithinTls() throws Exception {
    relay.say("EHLO", "250-relay.example\r\n250-SIZE 1\r\n250 STARTTLS");
    assertThat(send()).isInstanceOf(Outcome.Refused.class);
    assertThat(relay.heard()).contains("TLS").last().isEqualTo("QUIT");
  }
}
