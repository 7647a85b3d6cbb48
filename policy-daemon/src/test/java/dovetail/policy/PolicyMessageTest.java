package dovetail.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dovetail.live.Octets;
import dovetail.live.RawPeer;
import dovetail.policy.rule.Asked;
import dovetail.policy.rule.Mode;
import dovetail.policy.rule.NamedRule;
import dovetail.policy.rule.Reason;
import dovetail.policy.rule.Ruling;
import dovetail.policy.wire.Lines;
import dovetail.policy.wire.PolicyClient;
import dovetail.policy.wire.Reply;
import dovetail.policy.wire.Stage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is known of a message over its requests, and what it was charged. */
@Timeout(60)
class PolicyMessageTest {
  /** Tells in its answer how many recipients a message has had. */
  private static final NamedRule COUNTING =
      Planted.rule(
          "count",
          facts ->
              new Ruling.Refuses(
                  Reason.LIMIT,
                  new Reply.Refuse(450, "4.7.1", "r" + facts.message().recipients()),
                  ""));

  private final List<String> refunded = new CopyOnWriteArrayList<>();
  private int charges;

  private final NamedRule charging =
      Planted.rule(
          "charge",
          Mode.ON,
          Set.of(Stage.END_OF_MESSAGE),
          facts -> {
            String name = "c" + ++charges;
            AtomicBoolean done = new AtomicBoolean();
            return new Ruling.Charged(
                () -> {
                  if (!done.getAndSet(true)) {
                    refunded.add(name);
                  }
                },
                "");
          });

  private static void expect(PolicyClient client, String attributes, String answer)
      throws IOException {
    assertThat(client.ask(Asked.request(attributes))).as(attributes).isEqualTo(answer);
  }

  private void end(LivePolicy policy, PolicyClient client, String queueId) throws Exception {
    double before = policy.metric("dovetail_policy_delay_seconds_count");
    expect(
        client,
        "protocol_state=END-OF-MESSAGE instance=i" + charges + " queue_id=" + queueId,
        "DUNNO");
    LivePolicy.await(() -> policy.metric("dovetail_policy_delay_seconds_count") > before);
  }

  @Test
  void requestsOfOneInstanceAreOfOneMessage() throws Exception {
    try (LivePolicy policy = LivePolicy.open(COUNTING);
        PolicyClient client = policy.client()) {
      expect(client, "protocol_state=RCPT instance=a.1.0", "450 4.7.1 r1");
      expect(client, "protocol_state=RCPT instance=a.1.0", "450 4.7.1 r2");
      expect(client, "protocol_state=DATA instance=a.1.0", "450 4.7.1 r2");
      expect(client, "protocol_state=RCPT instance=a.2.0", "450 4.7.1 r1");
      expect(client, "protocol_state=RCPT instance=a.1.0", "450 4.7.1 r3");
    }
  }

  @Test
  void withoutAnInstanceEachIsOfItsOwn() throws Exception {
    try (LivePolicy policy = LivePolicy.open(COUNTING);
        PolicyClient client = policy.client()) {
      expect(client, "protocol_state=RCPT", "450 4.7.1 r1");
      expect(client, "protocol_state=RCPT", "450 4.7.1 r1");
      expect(client, "protocol_state=RCPT instance=", "450 4.7.1 r1");
    }
  }

  @Test
  void oneMessageMayComeOverSeveralConnections() throws Exception {
    try (LivePolicy policy = LivePolicy.open(COUNTING);
        PolicyClient client = policy.client();
        PolicyClient other = policy.client()) {
      expect(client, "protocol_state=RCPT instance=a", "450 4.7.1 r1");
      expect(other, "protocol_state=RCPT instance=a", "450 4.7.1 r2");
      expect(other, "protocol_state=RCPT instance=b", "450 4.7.1 r1");
      expect(client, "protocol_state=RCPT instance=a", "450 4.7.1 r3");
    }
  }

  @Test
  void whatIsDoneOnceComesWithTheNextRequest() throws Exception {
    NamedRule field =
        Planted.saying(
            "field", new Ruling.Adds(Reason.SPF_RESULT, new Reply.Prepend("X-A", "1"), ""));
    NamedRule hold =
        Planted.saying("hold", new Ruling.Adds(Reason.ACCESS, new Reply.Hold("wait"), ""));
    try (LivePolicy policy = LivePolicy.open(field, hold);
        PolicyClient client = policy.client()) {
      expect(client, "protocol_state=RCPT instance=a", "HOLD wait");
      expect(client, "protocol_state=RCPT instance=a", "PREPEND X-A: 1");
      expect(client, "protocol_state=RCPT instance=a", "DUNNO");
      expect(client, "protocol_state=RCPT instance=b", "HOLD wait");
    }
  }

  /** A suspended account's message would go out. */
  @Test
  void whatPostfixWasNotToldIsStillToBeDone() throws Exception {
    List<SocketChannel> gone = new CopyOnWriteArrayList<>();
    NamedRule hold =
        Planted.rule(
            "hold",
            _ -> {
              gone.forEach(PolicyMessageTest::reset);
              gone.clear();
              return new Ruling.Adds(Reason.SUSPENDED, new Reply.Hold("wait"), "");
            });
    try (LivePolicy policy = LivePolicy.open(hold, charging);
        PolicyClient client = policy.client()) {
      SocketChannel channel = SocketChannel.open(policy.address());
      gone.add(channel);
      String[] end = {"protocol_state=END-OF-MESSAGE", "instance=a", "queue_id=4A"};
      channel.write(ByteBuffer.wrap(Octets.bytes(Lines.request(end))));
      LivePolicy.await(() -> !refunded.isEmpty());
      assertThat(policy.metric("dovetail_policy_delay_seconds_count")).isZero();
      expect(client, String.join(" ", end), "HOLD wait");
      expect(client, String.join(" ", end), "DUNNO");
      assertThat(refunded).containsExactly("c1");
      assertThat(charges).isEqualTo(2);
    }
  }

  private static void reset(SocketChannel channel) {
    try (channel) {
      channel.setOption(StandardSocketOptions.SO_LINGER, 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void whatWasFoundOutIsKeptUpToTheEnd() throws Exception {
    AtomicInteger found = new AtomicInteger();
    NamedRule finding =
        Planted.rule(
            "find",
            facts ->
                new Ruling.Refuses(
                    Reason.LIMIT,
                    new Reply.Refuse(
                        450,
                        "4.7.1",
                        "f"
                            + facts
                                .message()
                                .remembered(found, Integer.class, found::incrementAndGet)),
                    ""));
    try (LivePolicy policy = LivePolicy.open(finding);
        PolicyClient client = policy.client()) {
      for (String stage : List.of("RCPT", "DATA", "END-OF-MESSAGE")) {
        expect(client, "protocol_state=" + stage + " instance=a", "450 4.7.1 f1");
      }
      expect(client, "protocol_state=RCPT instance=a", "450 4.7.1 f2");
    }
  }

  @Test
  void whatOurMilterRefusesIsGivenBackOnce() throws Exception {
    try (LivePolicy policy = LivePolicy.open(charging);
        PolicyClient client = policy.client()) {
      end(policy, client, "4A");
      end(policy, client, "4B");
      policy.refund("4C");
      assertThat(refunded).isEmpty();
      policy.refund("4B");
      policy.refund("4B");
      assertThat(refunded).containsExactly("c2");
    }
  }

  /** Queue ids are used again soon on some systems: only the newer message is given back. */
  @Test
  void aQueueIdThatIsUsedAgainIsOfTheNewerMessage() throws Exception {
    try (LivePolicy policy = LivePolicy.open(charging);
        PolicyClient client = policy.client()) {
      end(policy, client, "4A");
      end(policy, client, "4A");
      policy.refund("4A");
      policy.refund("4A");
      assertThat(refunded).containsExactly("c2");
    }
  }

  /** Two lines of main.cf ask at the end of a message. */
  @Test
  void whatWasChargedOnceIsGivenBackThoughItWasAskedTwice() throws Exception {
    try (LivePolicy policy = LivePolicy.open(charging);
        PolicyClient client = policy.client()) {
      String end = "protocol_state=END-OF-MESSAGE instance=a queue_id=4A";
      expect(client, end, "DUNNO");
      expect(client, end + " policy_context=other", "DUNNO");
      LivePolicy.await(() -> policy.metric("dovetail_policy_delay_seconds_count") == 2);
      assertThat(charges).isEqualTo(1);
      policy.refund("4A");
      assertThat(refunded).containsExactly("c1");
    }
  }

  @Test
  void whatIsOldIsSettled() throws Exception {
    try (LivePolicy policy = LivePolicy.open(charging);
        PolicyClient client = policy.client()) {
      end(policy, client, "4A");
      policy.pass(Duration.ofMinutes(9));
      end(policy, client, "4B");
      policy.pass(Duration.ofMinutes(1));
      end(policy, client, "4C");
      policy.refund("4A");
      policy.refund("4B");
      assertThat(refunded).containsExactly("c2");
    }
  }

  @Test
  void whatHasNoQueueIdIsNotKept() throws Exception {
    try (LivePolicy policy = LivePolicy.open(charging);
        PolicyClient client = policy.client()) {
      end(policy, client, "");
      policy.refund("");
      assertThat(refunded).isEmpty();
    }
  }

  @Test
  void onlyTheEndOfAMessageIsKept() throws Exception {
    try (LivePolicy policy = LivePolicy.open(charging);
        PolicyClient client = policy.client()) {
      expect(client, "protocol_state=DATA queue_id=4A", "DUNNO");
      end(policy, client, "4B");
      policy.refund("4A");
      assertThat(refunded).isEmpty();
    }
  }

  /** Postfix asks again on another connection: it must not be charged twice. */
  @Test
  void whatFailsLaterIsGivenBack() throws Exception {
    NamedRule broken =
        Planted.rule(
            "broken",
            facts -> {
              throw new IllegalStateException("planted");
            });
    try (LivePolicy policy = LivePolicy.open(charging, broken);
        RawPeer peer = RawPeer.connect(policy.address())) {
      peer.send(Lines.request("protocol_state=END-OF-MESSAGE", "queue_id=4A"));
      assertThat(peer.isHungUp()).isTrue();
      assertThat(refunded).containsExactly("c1");
    }
  }
}
