package dovetail.auth.session;

import dovetail.auth.answer.Login;
import dovetail.auth.answer.Outcome;
import dovetail.auth.answer.Reason;
import dovetail.auth.answer.ScramProof;
import dovetail.auth.answer.ScramQuestion;
import dovetail.auth.password.Secret;
import dovetail.auth.wire.ClientLine;
import dovetail.auth.wire.FailCode;
import dovetail.auth.wire.Fields;
import dovetail.auth.wire.Parameter;
import dovetail.auth.wire.Payload;
import dovetail.auth.wire.PlainText;
import dovetail.auth.wire.SaslData;
import dovetail.auth.wire.ServerLine;
import dovetail.auth.wire.sasl.MalformedSaslException;
import dovetail.auth.wire.sasl.ScramClientFirst;
import dovetail.server.Network;
import dovetail.server.io.ProtocolException;
import java.net.InetAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;

/**
 * One connection of the auth client protocol: its handshake, and the logins under way. For one
 * thread.
 */
public final class AuthSession {
  private static final int MAJOR = 1;

  /** What Dovecot 2.3 speaks; whoever speaks more keeps to it. */
  private static final int MINOR = 2;

  /** Who speaks less does not know of temporary failures: Postfix, whose is 0, calls them 535. */
  private static final int KNOWS_CODES = 1;

  /**
   * Logins that have begun and wait for their client. Postfix says nothing of those that its client
   * has given up, so the eldest is one of them.
   */
  private static final int MOST = 100;

  private final Set<Mechanism> mechanisms;
  private final Logins logins;
  private final InstantSource clock;
  private final SequencedMap<Long, Begun> begun = new LinkedHashMap<>();
  private Optional<ClientLine.Version> version = Optional.empty();
  private boolean greeted;

  /** Decides about logins. */
  public interface Logins {
    /**
     * Whether somebody may log in; takes its time.
     *
     * @param mechanism by which he tries, for the log
     */
    Outcome decide(Login login, Secret password, Mechanism mechanism);

    /**
     * What somebody is to prove who does not send his password.
     *
     * @param mechanism by which he tries, for the log
     */
    ScramQuestion ask(Login login, Mechanism mechanism);

    /**
     * Whether somebody may log in who was asked that.
     *
     * @param mechanism by which he tries, for the log
     */
    Outcome prove(Login login, ScramQuestion.Asked asked, ScramProof proof, Mechanism mechanism);

    /**
     * Whether somebody may log in by a token.
     *
     * @param login its user is empty if it is to be the one that the token names
     * @param mechanism by which he tries, for the log
     */
    Outcome decideByToken(Login login, Secret token, Mechanism mechanism);

    /** What a token has to be good for, if it has to be for anything. */
    Optional<String> scope();
  }

  private record Begun(ClientLine.Auth request, Mechanism mechanism, Exchange exchange) {}

  /** What is to be done about a line. */
  public sealed interface Answer {
    /** Nothing is said. */
    record Nothing() implements Answer {}

    /** That is said, after a while. */
    record Say(ServerLine line, Duration delay) implements Answer {}

    /** The connection is closed, which is how a client learns that nobody knows at the moment. */
    record Leave(Duration delay) implements Answer {}
  }

  /**
   * @param mechanisms those that are offered
   */
  public AuthSession(Set<Mechanism> mechanisms, Logins logins, InstantSource clock) {
    this.mechanisms = Set.copyOf(mechanisms);
    this.logins = logins;
    this.clock = clock;
  }

  /**
   * What is said first, all at once: whoever waits for the database is not told before that what we
   * speak, and Postfix's smtpd ends if it does not learn it.
   *
   * @param pid of this process
   * @param connection a number of this connection
   * @param cookie 32 hexadecimal digits that nobody guesses
   */
  public List<ServerLine> handshake(long pid, long connection, String cookie) {
    List<ServerLine> lines = new ArrayList<>();
    lines.add(new ServerLine.Version(MAJOR, MINOR));
    for (Mechanism mechanism : Mechanism.values()) {
      if (mechanisms.contains(mechanism)) {
        lines.add(mechanism.line());
      }
    }
    lines.add(new ServerLine.Spid(pid));
    lines.add(new ServerLine.Cuid(connection));
    lines.add(new ServerLine.Cookie(cookie));
    lines.add(new ServerLine.Done());
    return lines;
  }

  /**
   * Takes a line.
   *
   * @throws ProtocolException if it has no place here
   */
  public Answer next(ClientLine line) throws ProtocolException {
    return switch (line) {
      case ClientLine.Version said -> greet(said);
      case ClientLine.Cpid _ -> ready();
      case ClientLine.Auth auth -> begin(auth);
      case ClientLine.Cont cont -> go(taken(cont.id()), cont.response());
      case ClientLine.Cancel(long id) -> {
        begun.remove(id);
        yield new Answer.Nothing();
      }
    };
  }

  /** Whether the handshake is over, and logins may begin. */
  public boolean isReady() {
    return greeted;
  }

  private Answer greet(ClientLine.Version said) throws ProtocolException {
    if (version.isPresent()) {
      throw new ProtocolException("a second VERSION");
    }
    version = Optional.of(said);
    return new Answer.Nothing();
  }

  private Answer ready() throws ProtocolException {
    if (version.isEmpty() || greeted) {
      throw new ProtocolException("CPID at the wrong time");
    }
    greeted = true;
    return new Answer.Nothing();
  }

  private Answer begin(ClientLine.Auth auth) throws ProtocolException {
    if (!greeted) {
      throw new ProtocolException("AUTH before the handshake is over");
    }
    if (begun.containsKey(auth.id())) {
      throw new ProtocolException("AUTH with the id of another login");
    }
    Optional<Mechanism> mechanism = Mechanism.of(auth.mechanism()).filter(mechanisms::contains);
    if (mechanism.isEmpty()) {
      auth.response().ifPresent(Payload::close);
      return failure(auth.id(), FailCode.AUTH_MECH_INVALID, "no such mechanism");
    }
    Begun login =
        new Begun(auth, mechanism.get(), mechanism.get().begin(doors(auth, mechanism.get())));
    return auth.response().isPresent()
        ? go(login, auth.response().get())
        : step(login, Optional.empty());
  }

  private Begun taken(long id) throws ProtocolException {
    Begun login = begun.remove(id);
    if (login == null) {
      throw new ProtocolException("CONT without a login");
    }
    return login;
  }

  private Answer go(Begun login, Payload response) {
    try (response) {
      return switch (response) {
        case Payload.BadBase64() ->
            failure(login.request().id(), FailCode.INVALID_BASE64, "no base64");
        case Payload.Octets(SaslData data) -> step(login, Optional.of(data));
      };
    }
  }

  private Answer step(Begun login, Optional<SaslData> message) {
    long id = login.request().id();
    Exchange.Step step;
    try {
      step = login.exchange().next(message);
    } catch (MalformedSaslException e) {
      return new Answer.Say(
          new ServerLine.Fail(
              id,
              Optional.empty(),
              Optional.empty(),
              Optional.of(String.valueOf(e.getMessage())),
              Fields.NONE),
          Duration.ZERO);
    }
    return switch (step) {
      case Exchange.Step.Ask(SaslData challenge) -> asked(login, challenge, Duration.ZERO);
      case Exchange.Step.Check(Claim claim) -> checked(login, claim);
      case Exchange.Step.Decided(Outcome outcome, Optional<SaslData> last) ->
          last.map(said -> decided(login, outcome, said)).orElseGet(() -> answer(id, outcome));
    };
  }

  private Answer asked(Begun login, SaslData challenge, Duration delay) {
    long id = login.request().id();
    begun.put(id, login);
    if (begun.size() > MOST) {
      begun.pollFirstEntry();
    }
    return new Answer.Say(new ServerLine.Cont(id, new Payload.Octets(challenge)), delay);
  }

  /** Who does not read it with OK, as Postfix, gets it before, and says something to it. */
  private Answer decided(Begun login, Outcome outcome, SaslData last) {
    return login.request().get(Parameter.FINAL_RESP_OK).isEmpty()
            || outcome.reason().kind() != Reason.Kind.GRANTED
        ? asked(login, last, outcome.delay())
        : new Answer.Say(
            new ServerLine.Ok(
                login.request().id(),
                outcome.user(),
                Fields.NONE,
                Optional.of(new Payload.Octets(last))),
            outcome.delay());
  }

  private Mechanism.Doors doors(ClientLine.Auth request, Mechanism mechanism) {
    return new Mechanism.Doors(scram(request, mechanism), tokens(request, mechanism));
  }

  private TokenExchange.Door tokens(ClientLine.Auth request, Mechanism mechanism) {
    return new TokenExchange.Door() {
      @Override
      public Outcome decide(Optional<String> user, Secret token) {
        Login login = login(request, user.orElse(""), Optional.empty());
        return logins.decideByToken(login, token, mechanism);
      }

      @Override
      public Optional<String> scope() {
        return logins.scope();
      }
    };
  }

  private ScramExchange.Door scram(ClientLine.Auth request, Mechanism mechanism) {
    return new ScramExchange.Door() {
      @Override
      public ScramQuestion ask(ScramClientFirst first) {
        return logins.ask(login(request, first.user(), first.authorization()), mechanism);
      }

      @Override
      public Outcome prove(ScramClientFirst first, ScramQuestion.Asked asked, ScramProof proof) {
        Login login = login(request, first.user(), first.authorization());
        return logins.prove(login, asked, proof, mechanism);
      }
    };
  }

  private Login login(ClientLine.Auth request, String user, Optional<String> authorization) {
    return new Login(
        user,
        authorization,
        request.service(),
        request.get(Parameter.REMOTE_ADDRESS).flatMap(AuthSession::address),
        clock.instant());
  }

  private Answer checked(Begun begun, Claim claim) {
    try (claim) {
      Login login = login(begun.request(), claim.user(), claim.authorization());
      return answer(
          begun.request().id(), logins.decide(login, claim.password(), begun.mechanism()));
    }
  }

  private static Optional<InetAddress> address(String text) {
    try {
      return Optional.of(Network.parseAddress(text));
    } catch (IllegalArgumentException _) {
      return Optional.empty(); // of a unix socket there is none
    }
  }

  private Answer answer(long id, Outcome outcome) {
    Reason reason = outcome.reason();
    return switch (reason.kind()) {
      case GRANTED ->
          new Answer.Say(
              new ServerLine.Ok(id, outcome.user(), Fields.NONE, Optional.empty()),
              outcome.delay());
      case WRONG, REFUSED ->
          new Answer.Say(
              new ServerLine.Fail(
                  id,
                  Optional.of(outcome.user()),
                  reason.code(),
                  Optional.of(reason.told()),
                  Fields.NONE),
              outcome.delay());
      case DEFERRED ->
          version.map(ClientLine.Version::minor).orElse(0) < KNOWS_CODES
              ? new Answer.Leave(outcome.delay())
              : new Answer.Say(
                  new ServerLine.Fail(
                      id,
                      Optional.of(outcome.user()),
                      Optional.of(FailCode.TEMP_FAIL),
                      Optional.empty(),
                      Fields.NONE),
                  outcome.delay());
    };
  }

  private static Answer failure(long id, FailCode code, String why) {
    return new Answer.Say(
        new ServerLine.Fail(
            id, Optional.empty(), Optional.of(code), Optional.of(PlainText.line(why)), Fields.NONE),
        Duration.ZERO);
  }
}
