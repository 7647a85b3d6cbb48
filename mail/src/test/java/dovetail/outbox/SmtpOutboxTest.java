package dovetail.outbox;

import static dovetail.outbox.Mails.settings;
import static dovetail.outbox.ScriptedRelay.END;
import static dovetail.outbox.ScriptedRelay.GREETING;
import static org.assertj.core.api.Assertions.assertThat;

import dovetail.outbox.ScriptedRelay.Answer;
import dovetail.outbox.ScriptedRelay.Then;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of a mail, whatever the relay does. */
@Timeout(60)
final class SmtpOutboxTest {
  private static final Duration SHORT = Duration.ofMillis(400);
  private static final OutgoingMail MAIL = Mails.text("Hello\n");

  private final ScriptedRelay relay = new ScriptedRelay();

  @AfterEach
  void close() throws Exception {
    relay.close();
  }

  private Outcome send(OutgoingMail mail) {
    return new SmtpOutbox(settings(relay.port())).send(mail);
  }

  private Outcome send() throws Exception {
    Outcome delivery = send(MAIL);
    assertThat(relay.isLeft()).as("the connection is closed").isTrue();
    return delivery;
  }

  private Outcome sendImpatiently() throws Exception {
    Outcome delivery =
        new SmtpOutbox(settings(relay.port(), SHORT, SHORT.multipliedBy(3))).send(MAIL);
    assertThat(relay.isLeft()).as("the connection is closed").isTrue();
    return delivery;
  }

  private static String why(Outcome delivery) {
    assertThat(delivery).isInstanceOf(Outcome.PutOff.class);
    return ((Outcome.PutOff) delivery).why();
  }

  @Test
  void handsOver() throws Exception {
    assertThat(send()).isEqualTo(new Outcome.Accepted("2.0.0 Ok: queued as 4101D240351"));
    assertThat(relay.heard())
        .containsExactly(
            "connection",
            "EHLO mx.example",
            "MAIL FROM:<bounces@mx.example>",
            "RCPT TO:<rua@example.org>",
            "DATA",
            "QUIT");
    assertThat(relay.messages()).hasSize(1);
    assertThat(Mails.text(relay.messages().getFirst()))
        .isEqualTo(Mails.text(MAIL.octets()) + ".\r\n");
  }

  @Test
  void doublesDots() throws Exception {
    send(Mails.text(".\n..two\nx.\n.\r\n."));
    String sent = Mails.text(relay.messages().getFirst());
    assertThat(sent.substring(sent.indexOf("\r\n\r\n") + 4))
        .isEqualTo("..\r\n...two\r\nx.\r\n..\r\n..\r\n.\r\n");
  }

  @Test
  void sendsSeveralOverAConnectionEach() throws Exception {
    for (int i = 0; i < 3; i++) {
      assertThat(send()).isInstanceOf(Outcome.Accepted.class);
    }
    assertThat(relay.messages()).hasSize(3);
    assertThat(relay.heard()).filteredOn("connection"::equals).hasSize(3);
  }

  @Test
  void returnsToNobody() {
    SmtpSettings all = settings(relay.port());
    SmtpSettings none = new SmtpSettings(all.relay(), all.helo(), Optional.empty(), all.timeouts());
    assertThat(new SmtpOutbox(none).send(MAIL)).isInstanceOf(Outcome.Accepted.class);
    assertThat(relay.heard()).contains("MAIL FROM:<>");
  }

  @Test
  void quotesAddresses() {
    send(Mails.to(Mails.address("\"a <b>\\\"c\"@example.org")));
    assertThat(relay.heard()).contains("RCPT TO:<\"a <b>\\\"c\"@example.org>");
  }

  @Test
  void readsRepliesOfSeveralLines() throws Exception {
    relay.say(GREETING, "220-relay.example\r\n220-no spam\r\n220 here");
    relay.say(END, "250-2.0.0 taken\r\n250-\r\n250 2.0.0 queued\u00e9\u0001\u0007\u00e9x");
    assertThat(send()).isEqualTo(new Outcome.Accepted("2.0.0 taken 2.0.0 queued?x"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"500", "502", "504", "550"})
  void saysHeloToWhoKnowsNoEhlo(String code) throws Exception {
    relay.say("EHLO", code + " 5.5.1 what?");
    assertThat(send()).isInstanceOf(Outcome.Accepted.class);
    assertThat(relay.heard()).contains("EHLO mx.example", "HELO mx.example");
  }

  @ParameterizedTest
  @CsvSource({
    "MAIL, 550",
    "MAIL, 530",
    "RCPT, 550",
    "RCPT, 552",
    "RCPT, 521",
    "DATA, 554",
    "., 554",
    "., 552",
    "., 599"
  })
  void isRefused(String event, int code) throws Exception {
    relay.say(event, code + "-5.7.1 not\r\n" + code + " 5.7.1 wanted");
    assertThat(send()).isEqualTo(new Outcome.Refused(code, "5.7.1 not 5.7.1 wanted"));
    assertThat(relay.heard()).last().isEqualTo("QUIT");
  }

  @ParameterizedTest
  @CsvSource({"MAIL, 550", "RCPT, 550", "DATA, 554", "., 552"})
  void isRefusedByWhoIsGoneAtOnce(String event, int code) throws Exception {
    relay.on(event, Answer.says(code + " 5.7.1 no").then(Then.CLOSE));
    assertThat(send()).isEqualTo(new Outcome.Refused(code, "5.7.1 no"));
  }

  @ParameterizedTest
  @CsvSource({
    "greeting, 554",
    "greeting, 421",
    "greeting, 250",
    "EHLO, 421",
    "EHLO, 354",
    "MAIL, 451",
    "MAIL, 421",
    "MAIL, 354",
    "RCPT, 452",
    "RCPT, 450",
    "RCPT, 421",
    "RCPT, 354",
    "DATA, 451",
    "DATA, 250",
    "., 452",
    "., 421",
    "., 354"
  })
  void isPutOff(String event, int code) throws Exception {
    relay.say(event, code + " 4.3.1 not now");
    assertThat(why(send()))
        .startsWith("127.0.0.1:" + relay.port() + ": " + code + " 4.3.1 not now, in reply to ");
    relay.on(event, Answer.says(code + " 4.3.1 not now").then(Then.CLOSE));
    assertThat(why(send())).contains(code + " 4.3.1 not now");
    assertThat(relay.messages()).hasSize(event.equals(END) ? 2 : 0);
  }

  @Test
  void isPutOffByWhoSpeaksNoSmtpAtAll() throws Exception {
    relay.say("EHLO", "502 5.5.1 what?").say("HELO", "502 5.5.1 what?");
    assertThat(why(send())).endsWith(": 502 5.5.1 what?, in reply to HELO");
  }

  @ParameterizedTest
  @ValueSource(strings = {GREETING, "EHLO", "MAIL", "RCPT", "DATA", END})
  void isPutOffWhereTheConnectionEnds(String event) throws Exception {
    relay.on(event, new Answer(new byte[0], 0, Then.CLOSE));
    assertThat(why(send())).contains("closed, in reply to ");
    relay.on(event, new Answer("25".getBytes(StandardCharsets.US_ASCII), 0, Then.CLOSE));
    assertThat(why(send())).contains("no SMTP: \"25\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {GREETING, "EHLO", "MAIL", "RCPT", "DATA", END})
  void isPutOffByGarbage(String event) throws Exception {
    Random random = new Random(7);
    for (int i = 0; i < 10; i++) {
      byte[] garbage = new byte[1 + random.nextInt(300)];
      random.nextBytes(garbage);
      garbage[0] = (byte) (garbage[0] | 0x80);
      relay.on(event, new Answer(garbage, 0, i % 2 == 0 ? Then.CLOSE : Then.LISTEN));
      String why = why(sendImpatiently());
      assertThat(why).hasSizeLessThan(600).matches("[ -~]*");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 400 Bad Request",
        "+OK",
        "",
        "abc",
        "199 x",
        "600 x",
        "-25 x",
        "2x0 x",
        "(null)\r\n\r\n\r\n\r\n250 ok"
      })
  void isPutOffByOtherProtocols(String line) throws Exception {
    for (String event : List.of(GREETING, "EHLO", "MAIL", "RCPT", "DATA", END)) {
      try (ScriptedRelay other = new ScriptedRelay()) {
        other.say(event, line);
        assertThat(why(new SmtpOutbox(settings(other.port())).send(MAIL))).contains("no SMTP: \"");
        assertThat(other.isLeft()).isTrue();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {GREETING, "EHLO", "MAIL", "RCPT", "DATA", END})
  void givesUpOnSilence(String event) throws Exception {
    relay.on(event, new Answer(new byte[0], 0, Then.BE_SILENT));
    assertThat(why(sendImpatiently())).contains("no reply in time to ");
  }

  @Test
  void isSentThoughTheRelayForgetsToSayGoodbye() throws Exception {
    relay.on("QUIT", new Answer(new byte[0], 0, Then.CLOSE));
    assertThat(send()).isInstanceOf(Outcome.Accepted.class);
    relay.say("QUIT", "500 what?\r\ngarbage");
    assertThat(send()).isInstanceOf(Outcome.Accepted.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {GREETING, "EHLO", "MAIL", "RCPT", "DATA", END})
  void givesUpOnRepliesWithoutEnd(String event) throws Exception {
    relay.on(event, Answer.says("250-more").then(Then.REPEAT));
    assertThat(why(send())).contains("a reply without end to ");
    relay.on(event, new Answer(new byte[8192], 0, Then.REPEAT));
    assertThat(why(send())).contains("a reply without end to ");
  }

  @ParameterizedTest
  @ValueSource(strings = {GREETING, "EHLO", "RCPT", END})
  void givesUpOnDrops(String event) throws Exception {
    relay.on(event, Answer.says("250-more").slowly(20).then(Then.REPEAT));
    assertThat(why(sendImpatiently())).contains("took longer than 1 s in all");
  }

  @Test
  void waitsForWhoIsOnlySlow() throws Exception {
    relay.on(END, Answer.says("250 ok").slowly(50));
    assertThat(sendImpatiently()).isEqualTo(new Outcome.Accepted("ok"));
  }

  @Test
  void givesUpOnWhoDoesNotRead() throws Exception {
    try (ServerSocket mute = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
      Thread.ofVirtual().start(() -> Mute.serve(mute));
      OutgoingMail big =
          Mails.mail("Big", "x", List.of(new Attachment("x", "a/b", new byte[40_000_000])));
      Outcome delivery =
          new SmtpOutbox(
                  settings(mute.getLocalPort(), Duration.ofSeconds(20), Duration.ofSeconds(2)))
              .send(big);
      assertThat(why(delivery)).contains("took longer than 2 s in all");
    }
  }

  @Test
  void isPutOffWithoutARelay() throws Exception {
    relay.close();
    assertThat(why(send(MAIL))).contains(": no connection: ");
    SmtpSettings all = settings(25);
    SmtpSettings nowhere =
        new SmtpSettings(
            new Relay("nowhere.invalid", 25), all.helo(), all.sender(), all.timeouts());
    assertThat(why(new SmtpOutbox(nowhere).send(MAIL)))
        .isEqualTo("nowhere.invalid:25: a host without an address");
  }

  @Test
  void findsLocalhost() {
    SmtpSettings all = settings(relay.port());
    SmtpSettings named =
        new SmtpSettings(
            new Relay("localhost", relay.port()), all.helo(), all.sender(), all.timeouts());
    assertThat(new SmtpOutbox(named).send(MAIL)).isInstanceOf(Outcome.Accepted.class);
  }

  @Test
  void keepsToTheSize() throws Exception {
    int octets = MAIL.octets().length;
    relay.say("EHLO", "250-relay.example\r\n250 SIZE " + (octets - 1));
    assertThat(send())
        .isEqualTo(
            new Outcome.Refused(
                552, "not sent: %d octets, and the relay takes %d".formatted(octets, octets - 1)));
    assertThat(relay.heard()).containsExactly("connection", "EHLO mx.example", "QUIT");
    relay.say("EHLO", "250-relay.example\r\n250 SIZE " + octets);
    assertThat(send()).isInstanceOf(Outcome.Accepted.class);
    assertThat(relay.heard()).contains("MAIL FROM:<bounces@mx.example> SIZE=" + octets);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"SIZE", "SIZE 0", "SIZE x", "SIZE -1", "SIZE 99999999999999999999", "size"})
  void takesOddSizesForNone(String line) throws Exception {
    relay.say("EHLO", "250-relay.example\r\n250-\r\n250 " + line);
    assertThat(send()).isInstanceOf(Outcome.Accepted.class);
  }
}
