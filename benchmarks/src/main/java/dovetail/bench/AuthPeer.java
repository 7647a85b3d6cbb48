package dovetail.bench;

import dovetail.auth.wire.AuthClientCodec;
import dovetail.auth.wire.ClientLine;
import dovetail.auth.wire.Fields;
import dovetail.auth.wire.Parameter;
import dovetail.auth.wire.Payload;
import dovetail.auth.wire.ServerLine;
import dovetail.server.io.BoundedInput;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** A connection to an auth backend, as one of Postfix's smtpd processes has it. For one thread. */
final class AuthPeer implements AutoCloseable {
  /** Says what Postfix 3.7 says: that it knows no temporary failures, and nothing of itself. */
  private static final int MINOR = 0;

  private final SocketChannel channel;
  private final AuthClientCodec codec;
  private long id;

  /**
   * An account that logs in.
   *
   * @param address its name, as the server tells it
   * @param client where it comes from
   */
  record Account(String address, String password, String client) {
    byte[] plain() {
      return ("\0" + address + "\0" + password).getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
      return address;
    }
  }

  private AuthPeer(SocketChannel channel) {
    this.channel = channel;
    this.codec =
        new AuthClientCodec(
            new BoundedInput(channel), this::send, AuthClientCodec.UnknownLines.SKIP);
  }

  /**
   * Connects, and waits until the server has said what it offers.
   *
   * @param pid of the client, another one for each connection: Dovecot does without the second one
   */
  static AuthPeer connect(SocketAddress address, long pid) throws IOException {
    AuthPeer peer = new AuthPeer(SocketChannel.open(address));
    try {
      peer.greet(pid);
      return peer;
    } catch (IOException e) {
      peer.close();
      throw e;
    }
  }

  private void greet(long pid) throws IOException {
    codec.write(List.of(new ClientLine.Version(1, MINOR), new ClientLine.Cpid(pid)));
    ServerLine line;
    do {
      line = codec.read();
    } while (!(line instanceof ServerLine.Done));
  }

  private void send(ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  /** Logs in by PLAIN; empty if the answer is that this account may, else what it is instead. */
  Optional<String> login(Account account) throws IOException {
    id++;
    try (Payload response = Payload.of(account.plain())) {
      codec.write(new ClientLine.Auth(id, "PLAIN", fields(account), Optional.of(response)));
    }
    return switch (codec.read()) {
      case ServerLine.Ok ok when ok.id() == id && ok.user().equals(account.address()) ->
          Optional.empty();
      case ServerLine.Ok ok -> Optional.of("OK for " + ok.user() + " instead of " + account);
      case ServerLine.Fail fail -> Optional.of("FAIL for " + account + reason(fail));
      case ServerLine other -> Optional.of("no answer to a login: " + other);
    };
  }

  private static String reason(ServerLine.Fail fail) {
    return fail.reason().map(text -> ": " + text).orElse("");
  }

  /** With the words that Postfix sends of a client over TLS. */
  private static Fields fields(Account account) {
    return Fields.of(Parameter.SERVICE.word(), "smtp")
        .with(Parameter.NOLOGIN.word(), "")
        .with(Parameter.LOCAL_ADDRESS.word(), "192.0.2.1")
        .with(Parameter.REMOTE_ADDRESS.word(), account.client())
        .with(Parameter.SECURED.word(), "");
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
