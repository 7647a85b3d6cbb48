package dovetail.policy.wire;

import dovetail.server.io.BoundedInput;
import dovetail.server.io.ProtocolException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/** The client's side, as Postfix speaks it: for health checks, tests and load. */
public final class PolicyClient implements AutoCloseable {
  private static final int MAX_LINE = 4096;
  private static final String ACTION = "action=";

  private final ByteChannel channel;
  private final BoundedInput in;

  /** Speaks over a connection that is there. */
  PolicyClient(ByteChannel channel) {
    this.channel = channel;
    this.in = new BoundedInput(channel);
  }

  /** Connects to a server. */
  public static PolicyClient connect(SocketAddress address) throws IOException {
    SocketChannel channel = SocketChannel.open(address);
    try {
      if (address instanceof InetSocketAddress) {
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      }
      return new PolicyClient(channel);
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  /**
   * Asks, and waits for the answer.
   *
   * @return what stands behind {@code action=}
   * @throws ProtocolException if what comes is no answer, or nothing comes
   */
  public String ask(Request request) throws IOException {
    StringBuilder text = new StringBuilder();
    request
        .all()
        .forEach((name, value) -> text.append(name).append('=').append(value).append('\n'));
    text.append('\n');
    ByteBuffer bytes = ByteBuffer.wrap(text.toString().getBytes(StandardCharsets.UTF_8));
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
    String answer = line();
    if (!answer.startsWith(ACTION) || !line().isEmpty()) {
      throw new ProtocolException("an answer that is no action");
    }
    return answer.substring(ACTION.length());
  }

  private String line() throws IOException {
    return new String(in.readLine(MAX_LINE), StandardCharsets.UTF_8);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
