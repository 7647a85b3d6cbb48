package dovetail.lookup;

import static org.assertj.core.api.Assertions.assertThat;

import dovetail.live.Octets;
import dovetail.lookup.map.Finding;
import dovetail.lookup.map.MapRegistry;
import dovetail.lookup.wire.Frames;
import dovetail.lookup.wire.Request;
import dovetail.lookup.wire.SocketmapCodec;
import dovetail.server.io.BoundedInput;
import dovetail.server.io.Netstring;
import dovetail.server.io.ProtocolException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each conversation of src/test/resources/conversations, in memory and over both kinds of socket.
 */
@Timeout(60)
class ConversationTest {
  private static final int MOST = 200_000;

  static List<Conversation> inMemory() {
    return Conversation.all();
  }

  static List<Conversation> overInet() {
    return Conversation.all().stream().filter(one -> one.isHeldAt("inet")).toList();
  }

  static List<Conversation> overUnix() {
    return Conversation.all().stream().filter(one -> one.isHeldAt("unix")).toList();
  }

  /** All at once: requests may follow one another without waiting. */
  @ParameterizedTest
  @MethodSource
  void inMemory(Conversation conversation) throws IOException {
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    converse(conversation, Octets.string(conversation.asked()), said);
    BoundedInput in = Octets.input(Octets.string(said.toByteArray()));
    for (Conversation.Exchange exchange : conversation.exchanges()) {
      if (!exchange.hangsUp()) {
        assertSaid(exchange, Octets.string(Netstring.read(in, MOST)));
      }
    }
    assertThat(in.atEnd()).as("nothing more is said").isTrue();
  }

  /** Holds the server's end in memory; returns whether it hung up. */
  private static boolean converse(
      Conversation conversation, String asked, ByteArrayOutputStream said) throws IOException {
    MapRegistry maps = MapRegistry.of(conversation.directory());
    SocketmapCodec codec = new SocketmapCodec(Octets.input(asked), Frames.into(said));
    try {
      while (codec.await()) {
        Request request = codec.read();
        codec.write(maps.find(request.map(), request.key(), conversation.isHeldAt("unix")).reply());
      }
      return false;
    } catch (ProtocolException e) {
      return true;
    }
  }

  private static void assertSaid(Conversation.Exchange exchange, String said) {
    assertThat(exchange.isAnswer(said))
        .as("%s: expected %s, got %s", exchange, exchange.answer(), said)
        .isTrue();
  }

  @ParameterizedTest
  @MethodSource("inMemory")
  void forReasons(Conversation conversation) throws IOException {
    MapRegistry maps = MapRegistry.of(conversation.directory());
    for (Conversation.Exchange exchange : conversation.exchanges()) {
      if (exchange.reason().isPresent()) {
        Request request = new SocketmapCodec(Octets.input(exchange.sent()), _ -> {}).read();
        Finding finding = maps.find(request.map(), request.key(), conversation.isHeldAt("unix"));
        assertThat(finding.reason().word())
            .as(exchange.toString())
            .isEqualTo(exchange.reason().get());
      }
    }
  }

  /** What is cut off at any byte is answered as far as it came whole. */
  @ParameterizedTest
  @MethodSource("inMemory")
  void cutAtEveryByte(Conversation conversation) throws IOException {
    byte[] asked = conversation.asked();
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    boolean hangsUp = converse(conversation, Octets.string(asked), whole);
    int step = Math.max(1, asked.length / 2_000);
    int before = 0;
    for (int n = 0; n < asked.length; n += step) {
      ByteArrayOutputStream said = new ByteArrayOutputStream();
      String cut = Octets.string(Arrays.copyOf(asked, n));
      boolean broken = converse(conversation, cut, said);
      assertThat(said.toByteArray())
          .as("cut at %d", n)
          .isEqualTo(Arrays.copyOf(whole.toByteArray(), said.size()));
      assertThat(said.size()).as("cut at %d", n).isGreaterThanOrEqualTo(before);
      assertThat(broken || isBetween(conversation, n) || hangsUp).as("cut at %d", n).isTrue();
      before = said.size();
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
  @MethodSource
  void overInet(Conversation conversation) throws Exception {
    overASocket(conversation, "inet:127.0.0.1:0");
  }

  @ParameterizedTest
  @MethodSource
  void overUnix(Conversation conversation, @TempDir Path folder) throws Exception {
    overASocket(conversation, "unix:" + folder.resolve("lookup"));
  }

  private static void overASocket(Conversation conversation, String address) throws Exception {
    try (LiveLookup lookup = LiveLookup.open(conversation.directory(), address)) {
      try (SocketChannel channel = SocketChannel.open(lookup.address())) {
        BoundedInput in = new BoundedInput(channel);
        for (Conversation.Exchange exchange : conversation.exchanges()) {
          send(channel, exchange.sent());
          if (!exchange.hangsUp()) {
            assertSaid(exchange, Octets.string(Netstring.read(in, MOST)));
          }
        }
        boolean hangsUp = conversation.exchanges().getLast().hangsUp();
        if (!hangsUp) {
          channel.shutdownOutput();
        }
        assertThat(LiveLookup.ends(in)).as("nothing more is said").isTrue();
      }
      lookup.expectNoFault();
    }
  }

  private static void send(SocketChannel channel, String octets) throws IOException {
    ByteBuffer left = ByteBuffer.wrap(Octets.bytes(octets));
    while (left.hasRemaining()) {
      channel.write(left);
    }
  }
}
