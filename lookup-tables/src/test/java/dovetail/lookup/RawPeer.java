package dovetail.lookup;

import dovetail.lookup.wire.Frames;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

/** A client that keeps to no protocol. */
final class RawPeer implements AutoCloseable {
  private final SocketChannel channel;

  private RawPeer(SocketChannel channel) {
    this.channel = channel;
  }

  static RawPeer connect(SocketAddress address) throws IOException {
    return new RawPeer(SocketChannel.open(address));
  }

  /** A server that accepts, by its backlog, and never says anything. */
  record Listener(ServerSocketChannel channel) implements AutoCloseable {
    SocketAddress address() throws IOException {
      return channel.getLocalAddress();
    }

    @Override
    public void close() throws IOException {
      channel.close();
    }
  }

  static Listener listen() throws IOException {
    return new Listener(
        ServerSocketChannel.open()
            .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)));
  }

  void send(String octets) throws IOException {
    ByteBuffer left = ByteBuffer.wrap(Frames.bytes(octets));
    while (left.hasRemaining()) {
      channel.write(left);
    }
  }

  /** Waits until the other side says something or closes; whether it has closed. */
  boolean isHungUp() {
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
