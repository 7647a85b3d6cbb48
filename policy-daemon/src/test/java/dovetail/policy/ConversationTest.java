package dovetail.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dovetail.live.Octets;
import dovetail.policy.rule.Facts;
import dovetail.policy.rule.Judgement;
import dovetail.policy.rule.MessageSoFar;
import dovetail.policy.rule.NamedRule;
import dovetail.policy.rule.Ruling;
import dovetail.policy.wire.Attribute;
import dovetail.policy.wire.Lines;
import dovetail.policy.wire.PolicyCodec;
import dovetail.policy.wire.Request;
import dovetail.server.io.BoundedInput;
import dovetail.server.io.ProtocolException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each conversation of src/test/resources/conversations, in memory and over both kinds of socket.
 */
@Timeout(20)
class ConversationTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

  private static final int MOST = 4_096;

  static List<Conversation> conversations() {
    return Conversation.all();
  }

  /** What was said until the client or the server hung up. */
  private record Said(String octets, List<String> reasons, boolean broken) {}

  /** Holds the server's end in memory. */
  private static Said converse(List<NamedRule> rules, String asked) throws IOException {
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    List<String> reasons = new ArrayList<>();
    PolicyCodec codec = new PolicyCodec(Octets.input(asked), Lines.into(said));
    Messages messages = new Messages(() -> 0);
    boolean broken = false;
    try {
      while (codec.await()) {
        Request request = codec.read();
        MessageSoFar message = messages.of(request.get(Attribute.INSTANCE));
        Judgement judgement = Judgement.of(rules, Facts.of(request, message, NOW));
        reasons.add(reason(judgement));
        codec.write(judgement.reply());
      }
    } catch (ProtocolException e) {
      broken = true;
    }
    return new Said(Octets.string(said.toByteArray()), reasons, broken);
  }

  private static String reason(Judgement judgement) {
    return judgement
        .decisive()
        .map(step ->
            step.rule().name()
                + switch (step.ruling()) {
                  case Ruling.Refuses refuses -> " " + refuses.reason().word();
                  case Ruling.Adds adds -> " " + adds.reason().word();
                  case Ruling.Passes _,
                      Ruling.Allows _,
                      Ruling.NotNow _,
                      Ruling.Abstains _,
                      Ruling.Charged _ ->
                      "";
                })
        .orElse("");
  }

  /** All at once: requests may follow one another without waiting. */
  @ParameterizedTest
  @MethodSource("conversations")
  void inMemory(Conversation conversation) throws IOException {
    Said said = converse(conversation.freshRules(), conversation.asked());
    StringBuilder expected = new StringBuilder();
    int at = 0;
    for (Conversation.Exchange exchange : conversation.exchanges()) {
      expected.append(exchange.answered());
      if (!exchange.because().isEmpty()) {
        assertThat(said.reasons().get(at)).as("%s", exchange).isEqualTo(exchange.because());
      }
      at++;
    }
    assertThat(said.octets()).isEqualTo(expected.toString());
    assertThat(said.broken()).isEqualTo(conversation.exchanges().getLast().hangsUp());
  }

  /** What is cut off at any byte is answered as far as it came whole; no rule matters for that. */
  @ParameterizedTest
  @MethodSource("conversations")
  void cutAtEveryByte(Conversation conversation) throws IOException {
    String asked = conversation.asked();
    Said whole = converse(List.of(), asked);
    int step = Math.max(1, asked.length() / 2_000);
    int before = 0;
    for (int n = 0; n < asked.length(); n += step) {
      Said said = converse(List.of(), asked.substring(0, n));
      assertThat(whole.octets()).as("cut at %d", n).startsWith(said.octets());
      assertThat(said.octets().length()).as("cut at %d", n).isGreaterThanOrEqualTo(before);
      assertThat(said.broken()).as("cut at %d", n).isEqualTo(!isBetween(conversation, n));
      before = said.octets().length();
    }
  }

  private static boolean isBetween(Conversation conversation, int n) {
    int at = 0;
    for (Conversation.Exchange exchange : conversation.exchanges()) {
      if (at == n) {
        return true;
      }
      at += exchange.sent().length();
    }
    return false;
  }

  /** Step by step, as Postfix waits for each answer. */
  @ParameterizedTest
  @MethodSource("conversations")
  void overInet(Conversation conversation) throws Exception {
    overASocket(conversation, "inet:127.0.0.1:0");
  }

  @ParameterizedTest
  @MethodSource("conversations")
  void overUnix(Conversation conversation, @TempDir Path folder) throws Exception {
    overASocket(conversation, "unix:" + folder.resolve("policy"));
  }

  private static void overASocket(Conversation conversation, String address) throws Exception {
    try (LivePolicy policy = LivePolicy.open(conversation.freshRules(), address)) {
      try (SocketChannel channel = SocketChannel.open(policy.address())) {
        BoundedInput in = new BoundedInput(channel);
        for (Conversation.Exchange exchange : conversation.exchanges()) {
          send(channel, exchange.sent());
          if (!exchange.hangsUp()) {
            assertThat(answer(in)).as("%s", exchange).isEqualTo(exchange.answered());
          }
        }
        if (!conversation.exchanges().getLast().hangsUp()) {
          channel.shutdownOutput();
        }
        assertThat(LivePolicy.ends(in)).as("nothing more is said").isTrue();
      }
      policy.expectNoFault();
    }
  }

  private static String answer(BoundedInput in) throws IOException {
    String action = Octets.string(in.readLine(MOST));
    return action + "\n" + Octets.string(in.readLine(MOST)) + "\n";
  }

  private static void send(SocketChannel channel, String octets) throws IOException {
    ByteBuffer left = ByteBuffer.wrap(Octets.bytes(octets));
    while (left.hasRemaining()) {
      channel.write(left);
    }
  }
}
