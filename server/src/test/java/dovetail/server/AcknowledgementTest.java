package dovetail.server;

import static org.assertj.core.api.Assertions.assertThat;

import dovetail.observe.Metrics;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class AcknowledgementTest {
  private static final int ROUNDS = 20;

  /** The least time for which Linux holds an acknowledgement back in the hope of an answer. */
  private static final Duration HELD_BACK = Duration.ofMillis(40);

  /** Says nothing to the first of two bytes. */
  private static void answerEverySecond(Connection connection) throws IOException {
    while (!connection.input().atEnd()) {
      connection.input().readByte();
      connection.write(ByteBuffer.wrap(new byte[] {(byte) connection.input().readByte()}));
    }
  }

  @Test
  void acknowledgesWhatItDoesNotAnswer() throws Exception {
    try (Server server = new Server(new Metrics(), System::nanoTime)) {
      Service service =
          server.open(
              "test",
              List.of(ListenSpec.of("inet:127.0.0.1:0")),
              ConnectionLimits.evicting(10),
              AcknowledgementTest::answerEverySecond);
      // With Nagle's algorithm, which is what a socket has: the second byte waits for the
      // acknowledgement of the first.
      try (SocketChannel client = Conversation.connect(service)) {
        round(client); // here the system acknowledges everything at once
        long fastest = Long.MAX_VALUE;
        for (int i = 0; i < ROUNDS; i++) {
          fastest = Math.min(fastest, round(client));
        }
        assertThat(Duration.ofNanos(fastest)).isLessThan(HELD_BACK);
      }
    }
  }

  private static long round(SocketChannel client) throws IOException {
    long began = System.nanoTime();
    client.write(ByteBuffer.wrap(new byte[] {'1'}));
    client.write(ByteBuffer.wrap(new byte[] {'2'}));
    assertThat(Conversation.answer(client)).isEqualTo('2');
    return System.nanoTime() - began;
  }
}
