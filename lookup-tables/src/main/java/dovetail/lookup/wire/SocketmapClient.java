package dovetail.lookup.wire;

import dovetail.mail.Utf8;
import dovetail.server.io.BoundedInput;
import dovetail.server.io.Netstring;
import dovetail.server.io.ProtocolException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.channels.SocketChannel;

/** The client's side of socketmap, as Postfix speaks it: for health checks, tests and load. */
public final class SocketmapClient implements AutoCloseable {
  private final ByteChannel channel;
  private final BoundedInput in;
  private final NetstringOutput out;

  /** Speaks over a connection that is there. */
  SocketmapClient(ByteChannel channel) {
    this.channel = channel;
    this.in = new BoundedInput(channel);
    this.out = new NetstringOutput(this::writeAll);
  }

  /** Connects to a server. */
  public static SocketmapClient connect(SocketAddress address) throws IOException {
    SocketChannel channel = SocketChannel.open(address);
    try {
      if (address instanceof InetSocketAddress) {
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      }
      return new SocketmapClient(channel);
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  private void writeAll(ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  /**
   * Asks, and waits for the answer.
   *
   * @param map the map's name
   * @throws ProtocolException if what comes is no answer
   */
  public Reply ask(String map, String key) throws IOException {
    out.write(map, key);
    byte[] bytes = Netstring.read(in, Reply.MAX_BYTES);
    String answer =
        Utf8.strict(bytes).orElseThrow(() -> new ProtocolException("an answer that is not UTF-8"));
    int space = answer.indexOf(' ');
    return space < 0
        ? reply(answer, "")
        : reply(answer.substring(0, space), answer.substring(space + 1));
  }

  private static Reply reply(String word, String text) throws ProtocolException {
    return switch (word) {
      case "OK" -> ok(text);
      case "NOTFOUND" -> new Reply.NotFound();
      case "TEMP", "TIMEOUT" -> new Reply.Temp(text);
      case "PERM" -> new Reply.Perm(text);
      default -> throw new ProtocolException("an answer that begins with no word that we know");
    };
  }

  private static Reply ok(String value) throws ProtocolException {
    try {
      return new Reply.Ok(value);
    } catch (IllegalArgumentException _) {
      throw new ProtocolException("an answer with a value that Postfix does not take");
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
