package dovetail.auth;

import dovetail.auth.wire.DictClientCodec;
import dovetail.auth.wire.DictCommand;
import dovetail.auth.wire.DictHello;
import dovetail.auth.wire.DictReply;
import dovetail.auth.wire.Fields;
import dovetail.auth.wire.MasterClientCodec;
import dovetail.auth.wire.MasterReply;
import dovetail.auth.wire.MasterRequest;
import dovetail.server.Probe;
import dovetail.server.io.BoundedInput;
import dovetail.server.io.ProtocolException;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;

/** Speaks to the sockets of the auth backend as Postfix and Dovecot would. */
public final class AuthPing {
  private static final String NOBODY = "ping@dovetail.invalid";
  private static final String ANSWERS = "answers";

  private final Duration patience;
  private final LongSupplier nanos;

  /**
   * @param patience how long a conversation may take
   * @param nanos a clock that only goes forward, in nanoseconds
   */
  public AuthPing(Duration patience, LongSupplier nanos) {
    this.patience = patience;
    this.nanos = nanos;
  }

  @FunctionalInterface
  private interface Conversation {
    Probe.Result with(SocketChannel channel, Took took) throws IOException;
  }

  /** How long it has taken until now. */
  @FunctionalInterface
  private interface Took {
    Duration now();
  }

  /** Hears what Postfix is offered; nobody logs in. */
  public Probe.Result logins(SocketAddress address) throws InterruptedException {
    long began = nanos.getAsLong();
    return Probe.run(
        () -> {
          try (AuthClient client = AuthClient.connect(address)) {
            return client.mechanisms().isEmpty()
                ? new Probe.Bad("offers no mechanism")
                : new Probe.Good(
                    Duration.ofNanos(nanos.getAsLong() - began),
                    "offers " + String.join(", ", client.mechanisms()));
          }
        },
        patience);
  }

  /**
   * Logs somebody in, for SMTP.
   *
   * @param password UTF-8, the caller's to overwrite
   */
  public Probe.Result login(SocketAddress address, String user, byte[] password)
      throws InterruptedException {
    long began = nanos.getAsLong();
    return Probe.run(
        () -> {
          try (AuthClient client = AuthClient.connect(address)) {
            AuthClient.Verdict verdict =
                client.authenticate(user, password, Fields.of("service", "smtp"));
            return switch (verdict) {
              case AuthClient.Verdict.Granted(String name) ->
                  new Probe.Good(
                      Duration.ofNanos(nanos.getAsLong() - began), "lets " + name + " in");
              case AuthClient.Verdict.Refused(var reason) ->
                  new Probe.Bad("refuses " + user + reason.map(why -> ": " + why).orElse(""));
              case AuthClient.Verdict.Unknown() -> new Probe.Bad("cannot say now");
            };
          }
        },
        patience);
  }

  /** Asks where the mail of somebody is whom nobody has, as Dovecot's lmtp would. */
  public Probe.Result users(SocketAddress address) throws InterruptedException {
    return over(
        address,
        (channel, took) -> {
          MasterClientCodec codec =
              new MasterClientCodec(new BoundedInput(channel), channel::write);
          codec.write(
              List.of(
                  new MasterRequest.Version(1, 1),
                  new MasterRequest.User(1, NOBODY, Fields.of("service", "ping"))));
          MasterReply reply;
          do {
            reply = codec.read();
          } while (reply instanceof MasterReply.Version || reply instanceof MasterReply.Spid);
          return switch (reply) {
            case MasterReply.NotFound _ -> new Probe.Good(took.now(), ANSWERS);
            case MasterReply.Fail fail -> new Probe.Bad(fail.reason().orElse("cannot say now"));
            default -> new Probe.Bad("finds " + NOBODY + ", whom nobody has");
          };
        });
  }

  /** The same, as Dovecot 2.3 would by dict. */
  public Probe.Result accounts(SocketAddress address) throws InterruptedException {
    return lookup(address, "shared/userdb/" + NOBODY);
  }

  /** Finds that the socket for Dovecot's plugins tells nothing. */
  public Probe.Result plugins(SocketAddress address) throws InterruptedException {
    return over(
        address,
        (channel, took) ->
            switch (ask(channel, "shared/passdb/smtp/" + NOBODY)) {
              case DictReply.Failed _ -> new Probe.Good(took.now(), ANSWERS);
              case DictReply.NotFound _, DictReply.Values _ ->
                  new Probe.Bad("answers lookups, which is what it must not do");
            });
  }

  private Probe.Result lookup(SocketAddress address, String key) throws InterruptedException {
    return over(
        address,
        (channel, took) ->
            switch (ask(channel, key)) {
              case DictReply.NotFound _ -> new Probe.Good(took.now(), ANSWERS);
              case DictReply.Failed(String error) -> new Probe.Bad(error);
              case DictReply.Values _ -> new Probe.Bad("finds " + NOBODY + ", whom nobody has");
            });
  }

  private static DictReply.Lookup ask(SocketChannel channel, String key) throws IOException {
    DictClientCodec codec =
        new DictClientCodec(
            new BoundedInput(channel), channel::write, new DictHello(3, 2, 0, "", "dovetail"));
    codec.writeHello();
    codec.write(new DictCommand.Lookup(key, NOBODY));
    return codec.readLookup();
  }

  private Probe.Result over(SocketAddress address, Conversation conversation)
      throws InterruptedException {
    long began = nanos.getAsLong();
    return Probe.run(
        () -> {
          try (SocketChannel channel = SocketChannel.open(address)) {
            return conversation.with(channel, () -> Duration.ofNanos(nanos.getAsLong() - began));
          } catch (ProtocolException e) {
            return new Probe.Bad("speaks another protocol: " + e.getMessage());
          }
        },
        patience);
  }
}
