package dovetail.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dovetail.live.RawPeer;
import dovetail.policy.rule.Asked;
import dovetail.policy.rule.Mode;
import dovetail.policy.rule.NamedRule;
import dovetail.policy.rule.Reason;
import dovetail.policy.rule.Ruling;
import dovetail.policy.wire.Lines;
import dovetail.policy.wire.PolicyClient;
import dovetail.policy.wire.Reply;
import dovetail.policy.wire.Request;
import dovetail.server.Probe;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class PolicyServiceTest {
  private static final Request RCPT =
      Asked.request("protocol_state=RCPT client_address=192.0.2.1 recipient=ann@example.com");
  private static final NamedRule PASSING = Planted.saying("pass", new Ruling.Passes("planted"));

  private static NamedRule failing(Class<?> with) {
    return Planted.rule(
        "broken",
        facts -> {
          if (facts.recipient().isPresent()) {
            throw with == IllegalStateException.class
                ? new IllegalStateException("planted")
                : new ArithmeticException("planted");
          }
          return new Ruling.Passes("");
        });
  }

  private static void assertWorks(LivePolicy policy) throws IOException {
    try (PolicyClient client = policy.client()) {
      assertThat(client.ask(Asked.request("protocol_state=RCPT"))).isEqualTo("DUNNO");
    }
  }

  @Test
  void answersManyRequestsOfManyConnections() throws Exception {
    NamedRule echo =
        Planted.rule(
            "echo",
            facts ->
                new Ruling.Refuses(
                    Reason.SIZE, new Reply.Refuse(450, "4.7.1", "n" + facts.size()), ""));
    try (LivePolicy policy = LivePolicy.open(echo)) {
      AtomicInteger right = new AtomicInteger();
      List<Thread> clients = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        int first = 1_000 * i;
        clients.add(Thread.ofVirtual().start(() -> right.addAndGet(asked(policy, first))));
      }
      for (Thread client : clients) {
        client.join();
      }
      assertThat(right).hasValue(2_000);
      String deferred = "dovetail_policy_requests_total{answer=\"deferred\"}";
      LivePolicy.await(() -> policy.metric(deferred) == 2_000);
      policy.expectNoFault();
      assertThat(policy.complaints()).isEmpty();
    }
  }

  private static int asked(LivePolicy policy, int first) {
    int right = 0;
    try (PolicyClient client = policy.client()) {
      for (int j = first; j < first + 100; j++) {
        right += client.ask(Asked.request("size=" + j)).equals("450 4.7.1 n" + j) ? 1 : 0;
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    return right;
  }

  /** Postfix takes a socket with something to read for one that was closed. */
  @Test
  void saysNothingUnasked() throws Exception {
    try (LivePolicy policy = LivePolicy.open(PASSING);
        RawPeer peer = RawPeer.connect(policy.address())) {
      assertThat(peer.heard()).isEmpty();
      peer.send("request=smtpd_access_policy\nprotocol_state=RCPT\n");
      assertThat(peer.heard()).isEmpty();
      peer.send("\n");
      LivePolicy.await(() -> policy.metric("dovetail_policy_delay_seconds_count") == 1);
      assertThat(peer.heard()).isEqualTo("action=DUNNO\n\n");
      assertThat(peer.heard()).isEmpty();
      peer.send(Lines.request("a=b") + Lines.request("a=c") + "request=");
      LivePolicy.await(() -> policy.metric("dovetail_policy_delay_seconds_count") == 3);
      assertThat(peer.heard()).isEqualTo("action=DUNNO\n\naction=DUNNO\n\n");
      policy.reload(PASSING, PASSING);
      assertThat(peer.heard()).isEmpty();
    }
  }

  /** Postfix asks again on another connection, and then does what main.cf says. */
  @Test
  void hangsUpWhereItFailsItself() throws Exception {
    try (LivePolicy policy = LivePolicy.open(failing(IllegalStateException.class))) {
      for (int i = 0; i < 3; i++) {
        try (PolicyClient client = policy.client()) {
          assertThat(client.ask(Asked.request("protocol_state=RCPT"))).isEqualTo("DUNNO");
          assertThatThrownBy(() -> client.ask(RCPT)).isInstanceOf(IOException.class);
        }
        assertWorks(policy);
      }
      String complaint = "failed on a request of 192.0.2.1, closed without an answer";
      assertThat(policy.complaints()).containsExactly(complaint);
      policy.pass(Duration.ofSeconds(59));
      fails(policy);
      assertThat(policy.complaints()).hasSize(1);
      policy.pass(Duration.ofSeconds(1));
      fails(policy);
      assertThat(policy.complaints()).containsExactly(complaint, complaint);
      policy.reload(failing(ArithmeticException.class));
      fails(policy);
      assertThat(policy.complaints()).hasSize(3);
      assertThat(policy.metric("dovetail_policy_failures_total")).isEqualTo(6);
      policy.expectNoFault();
    }
  }

  private static void fails(LivePolicy policy) throws IOException {
    try (PolicyClient client = policy.client()) {
      assertThatThrownBy(() -> client.ask(RCPT)).isInstanceOf(IOException.class);
    }
  }

  @Test
  void hangsUpOnWhatIsNoRequest() throws Exception {
    try (LivePolicy policy = LivePolicy.open(PASSING)) {
      for (String octets : List.of("\n", "GET / HTTP/1.1\r\n\r\n", "request=other\n\n", "\0\0\n")) {
        try (RawPeer peer = RawPeer.connect(policy.address())) {
          peer.send(octets);
          assertThat(peer.isHungUp()).as(octets).isTrue();
        }
      }
      assertWorks(policy);
      policy.expectNoFault();
    }
  }

  @Test
  void waitsLongerThanPostfixKeepsAConnection() throws Exception {
    try (LivePolicy policy = LivePolicy.open(PASSING);
        PolicyClient client = policy.client()) {
      client.ask(RCPT);
      policy.awaitAnswered(1);
      policy.pass(Duration.ofSeconds(999));
      assertThat(client.ask(RCPT)).isEqualTo("DUNNO");
      policy.awaitAnswered(2);
      policy.pass(Duration.ofSeconds(1000));
      LivePolicy.await(() -> policy.connections() == 0);
      assertThatThrownBy(() -> client.ask(RCPT)).isInstanceOf(IOException.class);
      assertThat(
              policy.metric("dovetail_connections_total{outcome=\"deadline\",service=\"policy\"}"))
          .isEqualTo(1);
      assertWorks(policy);
    }
  }

  @Test
  void closesWhoIsSlowInsideARequest() throws Exception {
    try (LivePolicy policy = LivePolicy.open(PASSING);
        RawPeer peer = RawPeer.connect(policy.address())) {
      peer.send("request=smtpd_access_policy\nprotocol_");
      LivePolicy.await(() -> policy.looks() >= 2); // when it came, and when it began to speak
      policy.pass(Duration.ofSeconds(31));
      assertThat(peer.isHungUp()).isTrue();
      LivePolicy.await(() -> policy.connections() == 0);
      assertWorks(policy);
    }
  }

  @Test
  void reloadsFromTheNextRequestOn() throws Exception {
    try (LivePolicy policy = LivePolicy.open(PASSING);
        PolicyClient client = policy.client()) {
      assertThat(client.ask(RCPT)).isEqualTo("DUNNO");
      policy.reload(PASSING, Planted.refusing("no", Mode.ON));
      assertThat(client.ask(RCPT)).isEqualTo("554 5.7.1 no");
      policy.reload();
      assertThat(client.ask(RCPT)).isEqualTo("DUNNO");
    }
  }

  @Test
  void makesRoomForNewConnections() throws Exception {
    try (LivePolicy policy = LivePolicy.open(2, PASSING)) {
      List<PolicyClient> clients = new ArrayList<>();
      for (int i = 0; i < 6; i++) {
        PolicyClient client = policy.client();
        clients.add(client);
        assertThat(client.ask(RCPT)).isEqualTo("DUNNO");
      }
      assertThat(policy.connections()).isLessThanOrEqualTo(2);
      for (PolicyClient client : clients) {
        client.close();
      }
      policy.expectNoFault();
    }
  }

  @Test
  void aThousandConnectionsLeaveNothingBehind() throws Exception {
    try (LivePolicy policy = LivePolicy.open(1_000, PASSING)) {
      for (int i = 0; i < 1_000; i++) {
        try (RawPeer peer = RawPeer.connect(policy.address())) {
          peer.send("request=smtpd_access_policy\n\n".substring(i % 29));
        }
      }
      LivePolicy.await(() -> policy.connections() == 0);
      assertWorks(policy);
      policy.expectNoFault();
      assertThat(policy.complaints()).isEmpty();
    }
  }

  @Test
  void finishesARequestBeforeItStops() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch answer = new CountDownLatch(1);
    NamedRule slow =
        Planted.rule(
            "slow",
            facts -> {
              asked.countDown();
              try {
                answer.await();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
              return new Ruling.Passes("");
            });
    try (LivePolicy policy = LivePolicy.open(slow);
        PolicyClient client = policy.client();
        PolicyClient idle = policy.client()) {
      List<String> answers = new ArrayList<>();
      Thread asking = Thread.ofVirtual().start(() -> answers.add(answer(client)));
      asked.await();
      LivePolicy.await(() -> policy.connections() == 2);
      AtomicInteger cut = new AtomicInteger(-1);
      Thread stopping =
          Thread.ofPlatform().start(() -> cut.set(policy.shutdown(Duration.ofSeconds(20))));
      LivePolicy.await(() -> policy.connections() == 1); // the idle one is gone
      answer.countDown();
      stopping.join();
      asking.join();
      assertThat(answers).containsExactly("DUNNO");
      assertThat(cut).hasValue(0);
      assertThatThrownBy(() -> idle.ask(RCPT)).isInstanceOf(IOException.class);
    }
  }

  private static String answer(PolicyClient client) {
    try {
      return client.ask(RCPT);
    } catch (IOException e) {
      return String.valueOf(e.getMessage());
    }
  }

  @Test
  void pingSaysWhetherItAnswers() throws Exception {
    Duration patience = Duration.ofSeconds(10);
    try (LivePolicy policy = LivePolicy.open(PASSING)) {
      assertThat(PolicyPing.run(policy.address(), patience, () -> 0))
          .isEqualTo(new Probe.Good(Duration.ZERO, "answers"));
      policy.reload(Planted.refusing("no", Mode.ON));
      assertThat(PolicyPing.run(policy.address(), patience, () -> 0))
          .isEqualTo(new Probe.Bad("answers 554 5.7.1 no"));
      policy.shutdown(Duration.ZERO);
      assertThat(PolicyPing.run(policy.address(), patience, () -> 0)).isInstanceOf(Probe.Bad.class);
    }
  }

  @Test
  void pingHasPatienceOnly() throws Exception {
    try (RawPeer.Listener silent = RawPeer.listen()) {
      assertThat(PolicyPing.run(silent.address(), Duration.ofSeconds(1), () -> 0))
          .isEqualTo(new Probe.Bad("no answer within 1 s"));
    }
  }
}
