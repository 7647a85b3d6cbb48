package dovetail.auth;

import dovetail.auth.answer.MailboxNotes;
import dovetail.auth.session.DictSinkSession;
import dovetail.auth.wire.DictReply;
import dovetail.auth.wire.DictServerCodec;
import dovetail.observe.Hush;
import dovetail.observe.Metrics;
import dovetail.server.Connection;
import dovetail.server.ConnectionHandler;
import io.prometheus.metrics.core.metrics.Counter;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves the connections of Dovecot's quota_clone and last_login. They come from processes that run
 * as who owns the mail: whoever can connect can tell anything of any mailbox, and learns nothing.
 */
public final class DictSinkService implements ConnectionHandler {
  private static final Logger logger = LoggerFactory.getLogger("auth");
  private static final Duration QUIET = Duration.ofHours(1);
  private static final int MOST_QUIET = 100;

  /** The values of {@code outcome}. */
  private static final String TAKEN = "taken";

  private static final String REFUSED = "refused";

  private final MailboxNotes notes;
  private final Supplier<AuthSettings> settings;
  private final InstantSource wall;
  private final Counter transactions;
  private final Hush troubles;

  /**
   * @param settings those that hold now
   */
  public DictSinkService(
      MailboxNotes notes,
      Metrics metrics,
      Supplier<AuthSettings> settings,
      AuthService.Clocks clocks) {
    this.notes = notes;
    this.settings = settings;
    this.wall = clocks.wall();
    this.troubles = new Hush(QUIET, MOST_QUIET, clocks.nanos());
    this.transactions =
        metrics.counter(
            "dovetail_auth_notes",
            "What Dovecot has told of mailboxes, by whether it was taken.",
            "outcome");
    transactions.initLabelValues(TAKEN);
    transactions.initLabelValues(REFUSED);
  }

  @Override
  public void handle(Connection connection) throws IOException {
    DictServerCodec codec = new DictServerCodec(connection.input(), connection::write);
    DictSinkSession session = new DictSinkSession(notes, wall);
    if (!codec.await()) {
      return;
    }
    connection.busy();
    codec.readHello();
    connection.idle(AuthService.FOR_EVER);
    while (codec.await()) {
      connection.busy();
      connection.deadline(settings.get().requestTimeout());
      switch (session.next(codec.read())) {
        case DictSinkSession.Answer.Nothing() -> {}
        case DictSinkSession.Answer.Say(DictReply.Committed reply) -> {
          codec.write(reply);
          told(reply);
        }
        case DictSinkSession.Answer.Refuse(DictReply reply) -> {
          codec.write(reply);
          if (troubles.speaks("read")) {
            logger.warn(
                "a dict client wants to read from auth.dict_listen, which is refused: passdb and"
                    + " userdb are at auth.dict_auth_listen");
          }
        }
      }
      if (!session.isOpen()) {
        connection.idle(AuthService.FOR_EVER);
      }
    }
  }

  private void told(DictReply.Committed reply) {
    boolean taken = reply.outcome() == DictReply.Outcome.DONE;
    transactions.labelValues(taken ? TAKEN : REFUSED).inc();
    if (!taken && troubles.speaks("write")) {
      logger.warn("what a dict client has written is not taken: {}", reply.error());
    }
  }
}
