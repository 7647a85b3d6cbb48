package dovetail.auth;

import dovetail.auth.wire.AuthClientCodec;
import dovetail.auth.wire.ClientLine;
import dovetail.auth.wire.FailCode;
import dovetail.auth.wire.Fields;
import dovetail.auth.wire.Payload;
import dovetail.auth.wire.SaslData;
import dovetail.auth.wire.ServerLine;
import dovetail.auth.wire.sasl.PlainMessage;
import dovetail.server.io.BoundedInput;
import dovetail.server.io.ProtocolException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;

/**
 * Asks an auth server, Dovetail or a Dovecot, whether somebody may log in, in Dovecot's auth client
 * protocol. For one thread; a channel of its own, so interrupting it ends it.
 */
public final class AuthClient implements AutoCloseable {
  private static final int MAJOR = 1;

  /** From here on a server may say that it does not know. */
  private static final int MINOR = 2;

  private final SocketChannel channel;
  private final AuthClientCodec codec;
  private final SequencedSet<String> mechanisms = new LinkedHashSet<>();
  private long lastId;

  /** What a server says of a login. */
  public sealed interface Verdict {
    /**
     * It may be.
     *
     * @param user by the name that is his
     */
    record Granted(String user) implements Verdict {}

    /**
     * It may not be.
     *
     * @param reason what the server says of it, if it does
     */
    record Refused(Optional<String> reason) implements Verdict {}

    /** Nobody can say at the moment. */
    record Unknown() implements Verdict {}
  }

  private AuthClient(SocketChannel channel) {
    this.channel = channel;
    this.codec =
        new AuthClientCodec(
            new BoundedInput(channel), this::send, AuthClientCodec.UnknownLines.SKIP);
  }

  /**
   * Connects to a server, and hears what it offers.
   *
   * @throws ProtocolException if it is no auth server
   */
  public static AuthClient connect(SocketAddress address) throws IOException {
    SocketChannel channel = SocketChannel.open(address);
    try {
      if (address instanceof InetSocketAddress) {
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      }
      AuthClient client = new AuthClient(channel);
      client.shakeHands();
      return client;
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  private void send(ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  private void shakeHands() throws IOException {
    codec.write(
        List.of(
            new ClientLine.Version(MAJOR, MINOR),
            new ClientLine.Cpid(ProcessHandle.current().pid())));
    ServerLine line;
    do {
      line = codec.read();
      if (line instanceof ServerLine.Mech mech) {
        mechanisms.add(mech.name());
      }
    } while (!(line instanceof ServerLine.Done));
  }

  /** The mechanisms that the server offers, in its order. */
  public SequencedSet<String> mechanisms() {
    return mechanisms;
  }

  /**
   * Asks by PLAIN; the answer to a wrong password may take a while.
   *
   * @param password UTF-8, without NUL; the caller's to overwrite
   * @param parameters of the login, with {@code service}
   * @throws IllegalArgumentException if nobody can have that name or password
   */
  public Verdict authenticate(String user, byte[] password, Fields parameters) throws IOException {
    long id = ++lastId;
    try (PlainMessage message =
            new PlainMessage(
                Optional.empty(), user, SaslData.copyOf(password, 0, password.length));
        SaslData data = message.data()) {
      codec.write(
          new ClientLine.Auth(id, "PLAIN", parameters, Optional.of(new Payload.Octets(data))));
    }
    if (!codec.await()) {
      return new Verdict.Unknown(); // as servers tell Postfix
    }
    return switch (codec.read()) {
      case ServerLine.Ok ok when ok.id() == id -> new Verdict.Granted(ok.user());
      case ServerLine.Fail fail when fail.id() == id ->
          fail.code().filter(FailCode.TEMP_FAIL::equals).isPresent()
              ? new Verdict.Unknown()
              : new Verdict.Refused(fail.reason());
      default -> throw new ProtocolException("an answer to another question");
    };
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
