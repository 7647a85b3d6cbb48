package dovetail.auth;

import dovetail.auth.answer.Users;
import dovetail.auth.session.MasterSession;
import dovetail.auth.wire.MasterServerCodec;
import dovetail.server.Connection;
import dovetail.server.ConnectionHandler;
import java.io.IOException;
import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Serves the connections of Dovecot's lmtp, lda and doveadm, which ask where the mail of users is,
 * in the auth master protocol.
 */
public final class MasterService implements ConnectionHandler {
  private final Users users;
  private final UserLog log;
  private final Supplier<AuthSettings> settings;
  private final LongSupplier nanos;

  /**
   * @param settings those that hold now
   * @param nanos a clock that only goes forward, in nanoseconds
   */
  public MasterService(
      Users users, UserLog log, Supplier<AuthSettings> settings, LongSupplier nanos) {
    this.users = users;
    this.log = log;
    this.settings = settings;
    this.nanos = nanos;
  }

  @Override
  public void handle(Connection connection) throws IOException {
    MasterServerCodec codec = new MasterServerCodec(connection.input(), connection::write);
    MasterSession session = new MasterSession(users);
    codec.write(MasterSession.handshake(ProcessHandle.current().pid()));
    // Until VERSION has come, the deadline that every new connection has goes on.
    while (codec.await()) {
      connection.busy();
      Duration within = settings.get().requestTimeout();
      connection.deadline(within);
      long began = nanos.getAsLong();
      switch (session.next(codec.read())) {
        case MasterSession.Answer.Nothing() -> {}
        case MasterSession.Answer.Say say -> {
          codec.write(say.reply());
          log.answered(
              new UserLog.Question(UserLog.Protocol.USERDB, say.user()),
              say.found(),
              nanos.getAsLong() - began);
        }
        case MasterSession.Answer.Name(MasterSession.Listing listing) -> {
          while (!listing.isOver()) {
            connection.deadline(within);
            codec.write(listing.next());
          }
        }
      }
      connection.idle(AuthService.FOR_EVER);
    }
  }
}
