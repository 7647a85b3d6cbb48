package dovetail.auth;

import dovetail.auth.session.Mechanism;
import dovetail.auth.wire.AuthClientCodec;
import dovetail.auth.wire.ClientLine;
import dovetail.auth.wire.FailCode;
import dovetail.auth.wire.Fields;
import dovetail.auth.wire.Payload;
import dovetail.auth.wire.SaslData;
import dovetail.auth.wire.ServerLine;
import dovetail.auth.wire.sasl.OAuthBearerMessage;
import dovetail.auth.wire.sasl.PlainMessage;
import dovetail.auth.wire.sasl.XOAuth2Message;
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
    try (PlainMessage message =
            new PlainMessage(
                Optional.empty(), user, SaslData.copyOf(password, 0, password.length));
        SaslData data = message.data()) {
      return verdict(begin(Mechanism.PLAIN, parameters, data));
    }
  }

  /**
   * Asks by OAUTHBEARER (RFC 7628); the answer to a bad token may take a while.
   *
   * @param token as it was issued; the caller's to overwrite
   * @param parameters of the login, with {@code service}
   * @throws IllegalArgumentException if nobody can have that name, or no token has that in it
   */
  public Verdict authenticateByBearer(String user, byte[] token, Fields parameters)
      throws IOException {
    try (OAuthBearerMessage message =
            new OAuthBearerMessage(
                Optional.of(user),
                Optional.empty(),
                Optional.empty(),
                SaslData.copyOf(token, 0, token.length));
        SaslData data = message.data()) {
      return acknowledged(
          begin(Mechanism.OAUTHBEARER, parameters, data), OAuthBearerMessage.acknowledgement());
    }
  }

  /** The same by XOAUTH2. */
  public Verdict authenticateByXOAuth2(String user, byte[] token, Fields parameters)
      throws IOException {
    try (XOAuth2Message message =
            new XOAuth2Message(user, SaslData.copyOf(token, 0, token.length));
        SaslData data = message.data()) {
      return acknowledged(begin(Mechanism.XOAUTH2, parameters, data), SaslData.ofText(""));
    }
  }

  /** Sends the first message of a login. */
  private long begin(Mechanism mechanism, Fields parameters, SaslData message) throws IOException {
    long id = ++lastId;
    codec.write(
        new ClientLine.Auth(
            id, mechanism.word(), parameters, Optional.of(new Payload.Octets(message))));
    return id;
  }

  /**
   * Hears what is said to a token, and what is behind it.
   *
   * @param acknowledgement what is said when it was refused, so that the server says so, too
   */
  private Verdict acknowledged(long id, SaslData acknowledgement) throws IOException {
    if (!codec.await()) {
      return new Verdict.Unknown();
    }
    ServerLine line = codec.read();
    if (!(line instanceof ServerLine.Cont cont && cont.id() == id)) {
      return verdict(id, line);
    }
    codec.write(new ClientLine.Cont(id, new Payload.Octets(acknowledgement)));
    return verdict(id);
  }

  private Verdict verdict(long id) throws IOException {
    // Servers close to tell Postfix that they do not know.
    return codec.await() ? verdict(id, codec.read()) : new Verdict.Unknown();
  }

  private static Verdict verdict(long id, ServerLine line) throws ProtocolException {
    return switch (line) {
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
