package dovetail.auth;

import dovetail.auth.wire.AuthClientCodec;
import dovetail.auth.wire.ClientLine;
import dovetail.auth.wire.Fields;
import dovetail.auth.wire.Payload;
import dovetail.auth.wire.ServerLine;
import dovetail.live.Live;
import dovetail.live.Octets;
import dovetail.server.io.BoundedInput;
import java.io.IOException;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Who asks an auth backend, as Postfix and Dovecot do. */
final class AuthPeer implements AutoCloseable {
  private final SocketChannel channel;
  private final BoundedInput in;
  private final AuthClientCodec codec;

  private AuthPeer(SocketChannel channel) {
    this.channel = channel;
    this.in = new BoundedInput(channel);
    this.codec = new AuthClientCodec(in, this::send, AuthClientCodec.UnknownLines.REFUSE);
  }

  static AuthPeer connect(SocketAddress address) throws IOException {
    SocketChannel channel = SocketChannel.open(address);
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    return new AuthPeer(channel);
  }

  private void send(ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  /** Sends what may be no line of the protocol; a character is a byte. */
  void send(String octets) throws IOException {
    send(ByteBuffer.wrap(Octets.bytes(octets)));
  }

  /** What the server says first. */
  List<ServerLine> handshake() throws IOException {
    List<ServerLine> lines = new ArrayList<>();
    do {
      lines.add(codec.read());
    } while (!(lines.getLast() instanceof ServerLine.Done));
    return lines;
  }

  void greet(int minor) throws IOException {
    codec.write(List.of(new ClientLine.Version(1, minor), new ClientLine.Cpid(7)));
  }

  void say(ClientLine line) throws IOException {
    codec.write(line);
  }

  ServerLine hear() throws IOException {
    return codec.read();
  }

  /** Tries a password by PLAIN, for SMTP. */
  void tryPlain(long id, String user, String password) throws IOException {
    say(auth(id, "PLAIN", Optional.of(payload("\0" + user + "\0" + password))));
  }

  /** The same, and what the server says to it. */
  ServerLine plain(long id, String user, String password) throws IOException {
    tryPlain(id, user, password);
    return hear();
  }

  static ClientLine.Auth auth(long id, String mechanism, Optional<Payload> response) {
    return new ClientLine.Auth(
        id, mechanism, Fields.of("service", "smtp").with("rip", "192.0.2.1"), response);
  }

  static Payload payload(String text) {
    return Payload.of(Octets.bytes(Octets.utf8(text)));
  }

  /** Waits until the server says something or closes; whether it has closed. */
  boolean isHungUp() {
    return Live.ends(in);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
