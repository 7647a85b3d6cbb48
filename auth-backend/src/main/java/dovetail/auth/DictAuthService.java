package dovetail.auth;

import dovetail.auth.answer.Passdb;
import dovetail.auth.answer.Users;
import dovetail.auth.session.DictAuthSession;
import dovetail.auth.wire.DictServerCodec;
import dovetail.observe.Hush;
import dovetail.server.Connection;
import dovetail.server.ConnectionHandler;
import java.io.IOException;
import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves the connections of Dovecot 2.3's auth process that has its passdb and userdb in a dict.
 * Passwords, as they are stored, are in the answers.
 */
public final class DictAuthService implements ConnectionHandler {
  private static final Logger logger = LoggerFactory.getLogger("auth");
  private static final Duration QUIET = Duration.ofHours(1);
  private static final int MOST_QUIET = 100;
  private static final int MOST_SEGMENT = 64;

  private final Answers answers;
  private final UserLog log;
  private final Supplier<AuthSettings> settings;
  private final LongSupplier nanos;
  private final Hush unknown;

  /** Who knows the answers. */
  public record Answers(Passdb passdb, Users users) {}

  /**
   * @param settings those that hold now
   * @param nanos a clock that only goes forward, in nanoseconds
   */
  public DictAuthService(
      Answers answers, UserLog log, Supplier<AuthSettings> settings, LongSupplier nanos) {
    this.answers = answers;
    this.log = log;
    this.settings = settings;
    this.nanos = nanos;
    this.unknown = new Hush(QUIET, MOST_QUIET, nanos);
  }

  @Override
  public void handle(Connection connection) throws IOException {
    DictServerCodec codec = new DictServerCodec(connection.input(), connection::write);
    DictAuthSession session = new DictAuthSession(answers.passdb(), answers.users());
    if (!codec.await()) {
      return;
    }
    connection.busy();
    codec.readHello();
    connection.idle(AuthService.FOR_EVER);
    while (codec.await()) {
      connection.busy();
      Duration within = settings.get().requestTimeout();
      connection.deadline(within);
      long began = nanos.getAsLong();
      switch (session.next(codec.read())) {
        case DictAuthSession.Answer.Nothing() -> {}
        case DictAuthSession.Answer.Say say -> {
          codec.write(say.reply());
          log.answered(
              new UserLog.Question(UserLog.Protocol.DICT, say.user()),
              say.found(),
              nanos.getAsLong() - began);
        }
        case DictAuthSession.Answer.Deny deny -> {
          codec.write(deny.reply());
          warn(segment(deny.key()));
        }
        case DictAuthSession.Answer.Refuse refuse -> {
          codec.write(refuse.reply());
          if (unknown.speaks("")) {
            logger.warn("something was to be written to auth.dict_auth_listen, which is refused");
          }
        }
        case DictAuthSession.Answer.Name(DictAuthSession.Listing listing) -> {
          while (!listing.isOver()) {
            connection.deadline(within);
            codec.write(listing.next());
          }
        }
      }
      connection.idle(AuthService.FOR_EVER);
    }
  }

  /** What stands first in a key; what follows may be somebody's name. */
  private static String segment(String key) {
    int first = key.indexOf('/') + 1;
    int second = key.indexOf('/', first);
    String segment = second < 0 ? key : key.substring(0, second);
    return segment.length() <= MOST_SEGMENT ? segment : segment.substring(0, MOST_SEGMENT) + "...";
  }

  private void warn(String segment) {
    if (unknown.speaks(segment)) {
      logger.warn(
          "there is nothing at {}/: Dovecot's keys are passdb/%Ls/%u and userdb/%u, its"
              + " iterate_prefix is userdb/",
          segment);
    }
  }
}
