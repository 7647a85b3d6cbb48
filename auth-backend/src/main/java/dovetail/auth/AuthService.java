package dovetail.auth;

import dovetail.auth.answer.Authenticator;
import dovetail.auth.answer.Login;
import dovetail.auth.answer.Outcome;
import dovetail.auth.answer.Reason;
import dovetail.auth.answer.ScramProof;
import dovetail.auth.answer.ScramQuestion;
import dovetail.auth.password.Secret;
import dovetail.auth.session.AuthSession;
import dovetail.auth.session.Mechanism;
import dovetail.auth.wire.AuthServerCodec;
import dovetail.observe.Hush;
import dovetail.observe.Metrics;
import dovetail.observe.TransactionLog;
import dovetail.server.Connection;
import dovetail.server.ConnectionHandler;
import dovetail.server.Patience;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Serves the connections of those who ask who may log in, in Dovecot's auth client protocol. */
public final class AuthService implements ConnectionHandler {
  private static final Logger logger = LoggerFactory.getLogger("auth");

  /** Once the handshake is over, the client closes it: Postfix's smtpd has it all its life. */
  static final Duration FOR_EVER = Duration.ofDays(36_500);

  private static final int COOKIE_BYTES = 16;
  private static final Duration QUIET = Duration.ofMinutes(1);
  private static final int MOST_QUIET = 1_000;

  private final Authenticator authenticator;
  private final AuthLog log;
  private final Clocks clocks;
  private final SecureRandom random;
  private final Hush failed;
  private final AtomicLong connections = new AtomicLong();
  private final Patience patience = new Patience();
  private final Supplier<AuthSettings> settings;

  /**
   * The time.
   *
   * @param wall what app passwords expire by
   * @param nanos a clock that only goes forward, in nanoseconds
   */
  public record Clocks(InstantSource wall, LongSupplier nanos) {}

  /** Where it tells what it does. */
  public record Reports(TransactionLog log, Metrics metrics) {}

  /**
   * @param settings those that hold now; a connection keeps those that it began with
   */
  public AuthService(
      Supplier<AuthSettings> settings,
      Authenticator authenticator,
      Reports reports,
      Clocks clocks,
      SecureRandom random) {
    this.settings = settings;
    this.authenticator = authenticator;
    this.log = new AuthLog(reports.log(), reports.metrics());
    this.clocks = clocks;
    this.random = random;
    this.failed = new Hush(QUIET, MOST_QUIET, clocks.nanos());
  }

  /**
   * From now on no answer is held back, since the process ends: who would have to wait for his gets
   * none, and his connection is closed, so that nobody gains time by it.
   */
  public void stop() {
    patience.stop();
  }

  @Override
  public void handle(Connection connection) throws IOException {
    AuthSettings current = settings.get();
    AuthServerCodec codec = new AuthServerCodec(connection.input(), connection::write);
    AuthSession session = new AuthSession(current.mechanisms(), new Noted(), clocks.wall());
    codec.write(
        session.handshake(ProcessHandle.current().pid(), connections.incrementAndGet(), cookie()));
    while (codec.await()) {
      // Until the handshake is over, the deadline that every new connection has goes on.
      if (session.isReady()) {
        connection.busy();
        connection.deadline(current.requestTimeout());
      }
      switch (session.next(codec.read())) {
        case AuthSession.Answer.Nothing() -> {}
        case AuthSession.Answer.Say say -> {
          if (!patience.hold(say.delay())) {
            return;
          }
          codec.write(say.line());
        }
        case AuthSession.Answer.Leave leave -> {
          boolean _ = patience.hold(leave.delay());
          return;
        }
      }
      if (session.isReady()) {
        connection.idle(FOR_EVER);
      }
    }
  }

  private String cookie() {
    byte[] octets = new byte[COOKIE_BYTES];
    random.nextBytes(octets);
    return HexFormat.of().formatHex(octets);
  }

  /** Decides about logins of one connection, and notes them. */
  private final class Noted implements AuthSession.Logins {
    @Override
    public Outcome decide(Login login, Secret password, Mechanism mechanism) {
      return AuthService.this.decide(login, password, way(mechanism));
    }

    @Override
    public ScramQuestion ask(Login login, Mechanism mechanism) {
      long began = clocks.nanos().getAsLong();
      ScramQuestion question;
      try {
        question = authenticator.ask(login);
      } catch (RuntimeException e) {
        question = new ScramQuestion.Decided(fault(login, e));
      }
      if (question instanceof ScramQuestion.Decided(Outcome outcome)) {
        log.decided(login, outcome, mechanism.word(), clocks.nanos().getAsLong() - began);
      }
      return question;
    }

    @Override
    public Outcome prove(
        Login login, ScramQuestion.Asked asked, ScramProof proof, Mechanism mechanism) {
      return noted(login, way(mechanism), () -> authenticator.prove(login, asked, proof));
    }

    @Override
    public Outcome decideByToken(Login login, Secret token, Mechanism mechanism) {
      return noted(login, way(mechanism), () -> authenticator.decideByToken(login, token));
    }

    @Override
    public Optional<String> scope() {
      return settings
          .get()
          .logins()
          .tokens()
          .map(rules -> String.join(" ", rules.scope()))
          .filter(words -> !words.isEmpty());
    }

    private static Way way(Mechanism mechanism) {
      return new Way(mechanism.word(), true);
    }
  }

  /**
   * How a login came.
   *
   * @param mechanism the word for it, for the log
   * @param held whether the answer to a wrong password is held back
   */
  public record Way(String mechanism, boolean held) {}

  /** Decides about a login that came in whatever protocol, and notes it. */
  public Outcome decide(Login login, Secret password, Way way) {
    return noted(login, way, () -> authenticator.decide(login, password));
  }

  private Outcome noted(Login login, Way way, Supplier<Outcome> decision) {
    long began = clocks.nanos().getAsLong();
    Outcome outcome;
    try {
      Outcome decided = decision.get();
      outcome = way.held() ? decided : decided.atOnce();
    } catch (RuntimeException e) {
      outcome = fault(login, e);
    }
    log.decided(login, outcome, way.mechanism(), clocks.nanos().getAsLong() - began);
    return outcome;
  }

  /** As with a database that is away, nobody is let in, and nobody told no. */
  private Outcome fault(Login login, RuntimeException e) {
    if (failed.speaks(String.valueOf(e.getClass()))) {
      logger.error("failed on a login for {}", login.service(), e);
    }
    return new Outcome(Reason.FAULT, login.user(), Duration.ZERO);
  }
}
