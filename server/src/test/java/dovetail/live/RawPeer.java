package dovetail.live;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/** A client that keeps to no protocol. */
public final class RawPeer implements AutoCloseable {
  private final SocketChannel channel;

  private RawPeer(SocketChannel channel) {
    this.channel = channel;
  }

  /** Connects to a service. */
  public static RawPeer connect(SocketAddress address) throws IOException {
    return new RawPeer(SocketChannel.open(address));
  }

  /** A server that accepts, by its backlog, and never says anything. */
  public record Listener(ServerSocketChannel channel) implements AutoCloseable {
    /** Where it listens. */
    public SocketAddress address() throws IOException {
      return channel.getLocalAddress();
    }

    @Override
    public void close() throws IOException {
      channel.close();
    }
  }

  /** Begins to accept. */
  public static Listener listen() throws IOException {
    return new Listener(
        ServerSocketChannel.open()
            .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)));
  }

  /** Sends all of it; a character is a byte. */
  public void send(String octets) throws IOException {
    ByteBuffer left = ByteBuffer.wrap(Octets.bytes(octets));
    while (left.hasRemaining()) {
      channel.write(left);
    }
  }

  /** Takes what the other side has said within a moment; empty if that is nothing. */
  public String heard() throws IOException, InterruptedException {
    TimeUnit.MILLISECONDS.sleep(20);
    channel.configureBlocking(false);
    ByteBuffer buffer = ByteBuffer.allocate(65_536);
    channel.read(buffer);
    channel.configureBlocking(true);
    return Octets.string(Arrays.copyOf(buffer.array(), buffer.position()));
  }

  /** Waits until the other side says something or closes; whether it has closed. */
  public boolean isHungUp() {
    try {
      return channel.read(ByteBuffer.allocate(1)) < 0;
    } catch (IOException _) {
      return true;
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
