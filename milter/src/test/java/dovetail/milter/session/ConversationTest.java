package dovetail.milter.session;

import static org.assertj.core.api.Assertions.assertThat;

import dovetail.live.Scripts;
import dovetail.milter.wire.MilterCodec;
import dovetail.milter.wire.Packets;
import dovetail.observe.Metrics;
import dovetail.server.ConnectionLimits;
import dovetail.server.ListenSpec;
import dovetail.server.Server;
import dovetail.server.Service;
import dovetail.server.io.BoundedInput;
import dovetail.server.io.ProtocolException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each conversation of src/test/resources/conversations, in memory and over a socket. */
class ConversationTest {
  private static final int MAX_PACKET = 64 * 1024;

  private final Fixture fixture = new Fixture();

  static List<Conversation> conversations() {
    return Scripts.files(ConversationTest.class, 20).stream().map(Conversation::read).toList();
  }

  private MilterSession session(Conversation conversation, MilterCodec codec) {
    return new MilterSession(codec, Fixture.pace(), () -> fixture.context(conversation));
  }

  private void assertLog(Conversation conversation) {
    List<String> lines = new ArrayList<>(fixture.answered.stream().map(Conversation::log).toList());
    fixture.refused.forEach(why -> lines.add("refused " + why));
    assertThat(lines).isEqualTo(conversation.log());
    assertThat(fixture.failures).isEmpty();
  }

  private static void assertSaid(Conversation.Line line, byte[] packet) {
    assertThat(line.matches(packet))
        .as("expected %s, got %s", line, Conversation.printable(packet))
        .isTrue();
  }

  @ParameterizedTest
  @MethodSource("conversations")
  void inMemory(Conversation conversation) throws IOException {
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    MilterCodec codec =
        new MilterCodec(
            Packets.input(conversation.mta()), packets -> put(said, packets), MAX_PACKET);
    try {
      session(conversation, codec).run();
    } catch (ProtocolException e) {
      said.writeBytes(Packets.packet('!', ""));
    }
    List<Conversation.Line> expected =
        conversation.lines().stream().filter(line -> !line.mta()).toList();
    List<byte[]> packets = Conversation.packets(said.toByteArray());
    assertThat(packets.stream().map(Conversation::printable)).hasSize(expected.size());
    for (int i = 0; i < expected.size(); i++) {
      assertSaid(expected.get(i), packets.get(i));
    }
    assertLog(conversation);
  }

  private static void put(ByteArrayOutputStream out, ByteBuffer packets) {
    byte[] bytes = new byte[packets.remaining()];
    packets.get(bytes);
    out.writeBytes(bytes);
  }

  /** The same step by step, as an MTA that waits where it must: an answer too many would show. */
  @ParameterizedTest
  @MethodSource("conversations")
  void overASocket(Conversation conversation) throws IOException {
    try (Server server = new Server(new Metrics(), System::nanoTime)) {
      Service service =
          server.open(
              "milter",
              List.of(ListenSpec.of("inet:127.0.0.1:0")),
              ConnectionLimits.evicting(4),
              connection ->
                  session(
                          conversation,
                          new MilterCodec(connection.input(), connection::write, MAX_PACKET))
                      .run());
      try (SocketChannel channel = SocketChannel.open(service.addresses().getFirst())) {
        converse(conversation, channel);
      }
    }
    assertLog(conversation);
  }

  private static void converse(Conversation conversation, SocketChannel channel)
      throws IOException {
    BoundedInput in = new BoundedInput(channel);
    for (Conversation.Line line : conversation.lines()) {
      if (line.mta()) {
        ByteBuffer packet = ByteBuffer.wrap(line.bytes());
        while (packet.hasRemaining()) {
          channel.write(packet);
        }
      } else if (!line.hangsUp()) {
        int length = in.readInt();
        byte[] said = in.readBytes(length, 1 << 20);
        assertSaid(
            line, ByteBuffer.allocate(Integer.BYTES + length).putInt(length).put(said).array());
      }
    }
    channel.shutdownOutput();
    assertThat(in.atEnd()).as("nothing more is said").isTrue();
  }
}
