package dovetail.milter;

import static org.assertj.core.api.Assertions.assertThat;

import dovetail.milter.LiveMilter.Setup;
import dovetail.milter.Mails.Mail;
import dovetail.milter.wire.Command;
import dovetail.milter.wire.MilterClient;
import dovetail.milter.wire.MilterClient.Outcome;
import dovetail.milter.wire.Protocol;
import dovetail.milter.wire.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Many connections at a time, keys that change under them, and faults of our own. */
@Timeout(120)
class MilterLoadTest {
  private static final int CONNECTIONS = 200;
  private static final int MESSAGES = 4;

  @Test
  void givesEachMessageItsOwnSignature() throws Exception {
    try (LiveMilter milter = LiveMilter.open();
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      CountDownLatch connected = new CountDownLatch(CONNECTIONS);
      List<Future<List<Outcome>>> conversations = new ArrayList<>();
      for (int c = 0; c < CONNECTIONS; c++) {
        int number = c;
        conversations.add(threads.submit(() -> converse(milter, number, connected)));
      }
      for (int c = 0; c < CONNECTIONS; c++) {
        List<Outcome> outcomes = conversations.get(c).get();
        for (int m = 0; m < MESSAGES; m++) {
          Mails.assertSigned(outcomes.get(m), mail(c, m), "s1");
        }
      }
      milter.awaitNoConnections();
      assertLines(milter.lines());
      milter.expectNoFault();
    }
  }

  private static Mail mail(int connection, int message) {
    return Mails.mail(
        "4C" + connection + "M" + message, "user" + connection, "d" + connection % 13 + ".test");
  }

  private static List<Outcome> converse(LiveMilter milter, int number, CountDownLatch connected)
      throws Exception {
    List<Outcome> outcomes = new ArrayList<>();
    try (MilterClient client = milter.client()) {
      client.negotiate();
      Mails.greet(client);
      connected.countDown();
      connected.await(); // all of them are there at the same time
      for (int m = 0; m < MESSAGES; m++) {
        outcomes.add(Mails.send(client, mail(number, m)));
        client.abort();
      }
      client.quit();
    }
    return outcomes;
  }

  /** Each message has one line, with its own facts. */
  private static void assertLines(List<String> lines) {
    assertThat(lines).hasSize(CONNECTIONS * MESSAGES);
    for (int c = 0; c < CONNECTIONS; c++) {
      for (int m = 0; m < MESSAGES; m++) {
        Mail mail = mail(c, m);
        assertThat(lines)
            .filteredOn(line -> line.startsWith("milter: " + mail.queueId() + ": signed "))
            .singleElement()
            .asString()
            .contains(" sender=" + mail.sender() + " ")
            .contains("=d" + c % 13 + ".test/s1/");
      }
    }
  }

  @Test
  void takesOtherKeysFromTheNextMessageOn() throws Exception {
    Mail mail = Mails.mail("4Key", "joe", "one.test");
    try (LiveMilter milter = LiveMilter.open();
        MilterClient client = milter.client()) {
      client.negotiate(
          new Command.Negotiate(Protocol.VERSION, Protocol.ALL_ACTIONS, Conversation.WAITING));
      Mails.greet(client);
      Mails.begin(client, mail);
      milter.reload(Mails.keys("s2"));
      Mails.assertSigned(Mails.content(client, mail), mail, "s1");
      client.abort();
      Mails.assertSigned(Mails.send(client, mail), mail, "s2");
      milter.expectNoFault();
    }
  }

  @Test
  void reloadsWhileMessagesPass() throws Exception {
    try (LiveMilter milter = LiveMilter.open();
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      CountDownLatch connected = new CountDownLatch(20);
      List<Future<List<Outcome>>> conversations = new ArrayList<>();
      for (int c = 0; c < 20; c++) {
        int number = c;
        conversations.add(threads.submit(() -> converse(milter, number, connected)));
      }
      connected.await();
      for (int i = 0; i < 100; i++) {
        milter.reload(Mails.keys(i % 2 == 0 ? "s2" : "s1"));
      }
      for (int c = 0; c < 20; c++) {
        List<Outcome> outcomes = conversations.get(c).get();
        for (int m = 0; m < MESSAGES; m++) {
          assertSignedByEither(outcomes.get(m), mail(c, m));
        }
      }
      milter.expectNoFault();
    }
  }

  private static void assertSignedByEither(Outcome outcome, Mail mail) {
    boolean second = outcome.edits().toString().contains("s=s2;");
    Mails.assertSigned(outcome, mail, second ? "s2" : "s1");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void answersAsConfiguredWhenItFails(boolean accept) throws Exception {
    Setup setup =
        Setup.of(author -> {
          throw new IllegalStateException("planted");
        });
    Mail mail = Mails.mail("4Fail", "joe", "one.test");
    try (LiveMilter milter = LiveMilter.open(accept ? setup.accepting() : setup);
        MilterClient client = milter.client()) {
      client.negotiate();
      Mails.greet(client);
      Outcome outcome = Mails.send(client, mail);
      assertThat(outcome.edits()).isEmpty();
      assertThat(outcome.reply())
          .isEqualTo(
              accept
                  ? new Reply.Accept()
                  : new Reply.Refuse(
                      451, "4.7.1", "Service unavailable - try again later (4Fail)"));
      client.abort();
      milter.reload(Mails.KEYS);
      Mails.assertSigned(Mails.send(client, mail), mail, "s1"); // the connection goes on
      assertThat(milter.lines(2).getFirst())
          .startsWith("milter: 4Fail: " + (accept ? "passed" : "deferred") + " reason=error ");
      assertThat(milter.metric("dovetail_milter_failures_total")).isEqualTo(1);
      assertThat(milter.complaints()).containsExactly("4Fail: failed on this message");
    }
  }
}
