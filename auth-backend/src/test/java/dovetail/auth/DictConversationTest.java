package dovetail.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dovetail.live.Octets;
import dovetail.server.io.BoundedInput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each conversation of src/test/resources/dict, over a socket. */
@Timeout(60)
class DictConversationTest {
  @TempDir private Path folder;

  private final LiveDict.Notes notes = new LiveDict.Notes();

  static List<DictConversation> conversations() {
    return DictConversation.all();
  }

  private LiveDict open(DictConversation conversation) throws IOException {
    return conversation.sink()
        ? LiveDict.sink(folder, notes)
        : LiveDict.accounts(folder, Accounting.some());
  }

  /** Step by step, as Dovecot waits for each answer. */
  @ParameterizedTest
  @MethodSource("conversations")
  void isAnswered(DictConversation conversation) throws Exception {
    List<String> taken = new ArrayList<>();
    try (LiveDict dict = open(conversation)) {
      try (SocketChannel channel = SocketChannel.open(dict.address())) {
        BoundedInput in = new BoundedInput(channel);
        for (DictConversation.Exchange exchange : conversation.exchanges()) {
          send(channel, exchange.sent());
          if (!exchange.hangsUp()) {
            assertThat(answer(in, exchange.answered()))
                .as("%s", exchange)
                .isEqualTo(exchange.answered());
          }
          taken.addAll(exchange.notes());
          assertThat(notes.all()).as("%s", exchange).isEqualTo(taken);
        }
        if (!conversation.exchanges().getLast().hangsUp()) {
          channel.shutdownOutput();
        }
        assertThat(LiveDict.ends(in)).as("nothing more is said").isTrue();
      }
      dict.expectNoFault();
      assertThat(dict.complaints()).noneMatch(line -> line.contains("sesame"));
    }
  }

  /** All at once: clients ask again before they are answered. */
  @ParameterizedTest
  @MethodSource("conversations")
  void isAnsweredInOrder(DictConversation conversation) throws Exception {
    StringBuilder expected = new StringBuilder();
    conversation.exchanges().forEach(exchange -> expected.append(exchange.answered()));
    try (LiveDict dict = open(conversation);
        SocketChannel channel = SocketChannel.open(dict.address())) {
      BoundedInput in = new BoundedInput(channel);
      send(channel, conversation.asked());
      if (!conversation.exchanges().getLast().hangsUp()) {
        channel.shutdownOutput();
      }
      assertThat(answer(in, expected.toString())).isEqualTo(expected.toString());
      assertThat(LiveDict.ends(in)).as("nothing more is said").isTrue();
    }
  }

  /** A client that is gone after any octet leaves nothing behind, least of all half of a change. */
  @ParameterizedTest
  @MethodSource("conversations")
  void cutAtEveryOctet(DictConversation conversation) throws Exception {
    String asked = conversation.asked();
    int step = Math.max(1, asked.length() / 500);
    List<String> all =
        conversation.exchanges().stream().flatMap(one -> one.notes().stream()).toList();
    try (LiveDict dict = open(conversation)) {
      for (int n = 0; n < asked.length(); n += step) {
        int before = notes.all().size();
        try (SocketChannel channel = SocketChannel.open(dict.address())) {
          send(channel, asked.substring(0, n));
          channel.shutdownOutput();
          awaitEnd(channel);
        } catch (IOException _) {
          // It was hung up on.
        }
        List<String> taken = notes.all().subList(before, notes.all().size());
        assertThat(all.subList(0, taken.size())).as("cut at %d", n).isEqualTo(taken);
      }
      dict.expectNoFault();
    }
  }

  private static String answer(BoundedInput in, String expected) throws IOException {
    StringBuilder answer = new StringBuilder();
    for (long lines = expected.chars().filter(c -> c == '\n').count(); lines > 0; lines--) {
      answer.append(Octets.string(in.readLine(1_000_000))).append('\n');
    }
    return answer.toString();
  }

  private static void awaitEnd(SocketChannel channel) throws IOException {
    ByteBuffer said = ByteBuffer.allocate(65_536);
    while (channel.read(said.clear()) >= 0) {
      // The same as before, or nothing.
    }
  }

  private static void send(SocketChannel channel, String octets) throws IOException {
    ByteBuffer left = ByteBuffer.wrap(Octets.bytes(octets));
    while (left.hasRemaining()) {
      channel.write(left);
    }
  }
}
