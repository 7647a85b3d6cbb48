package dovetail.server;

import dovetail.server.io.ProtocolException;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Both sides of a small protocol, and how each connection ended. */
final class Conversation {
  private static final Duration LONG = Duration.ofHours(1);

  private final BlockingQueue<String> events = new LinkedBlockingQueue<>();

  /**
   * Speaks in bytes: 'b' begins a transaction, 'e' ends it; each is answered by itself. 'x' fails
   * in us, 'p' in the peer, 'q' ends the conversation.
   */
  private void converse(Connection connection) throws IOException {
    connection.idle(LONG);
    while (!connection.input().atEnd()) {
      int command = connection.input().readByte();
      switch (command) {
        case 'b' -> connection.busy();
        case 'e' -> {}
        case 'd' -> connection.deadline(Duration.ZERO);
        case 'x' -> throw new IllegalStateException("planted");
        case 'p' -> throw new ProtocolException("planted");
        default -> {
          return;
        }
      }
      connection.write(ByteBuffer.wrap(new byte[] {(byte) command}));
      if (command == 'e') {
        connection.idle(LONG);
      }
    }
  }

  void handle(Connection connection) throws IOException {
    try {
      converse(connection);
      events.add("done");
    } catch (IOException | RuntimeException e) {
      events.add(e.getClass().getSimpleName());
      throw e;
    }
  }

  static SocketChannel connect(SocketAddress address) throws IOException {
    return SocketChannel.open(address);
  }

  static SocketChannel connect(Service service) throws IOException {
    return connect(service.addresses().getFirst());
  }

  /** Sends a byte and waits for its echo; -1 when the other side has closed. */
  static int ask(SocketChannel channel, char command) throws IOException {
    channel.write(ByteBuffer.wrap(new byte[] {(byte) command}));
    return answer(channel);
  }

  static int answer(SocketChannel channel) throws IOException {
    ByteBuffer one = ByteBuffer.allocate(1);
    try {
      return channel.read(one) < 0 ? -1 : one.get(0);
    } catch (IOException _) {
      return -1;
    }
  }

  String event() throws InterruptedException {
    String event = events.poll(10, TimeUnit.SECONDS);
    return event == null ? "nothing" : event;
  }

  boolean isQuiet() {
    return events.isEmpty();
  }
}
