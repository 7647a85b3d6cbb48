package dovetail.auth.session;

import static org.assertj.core.api.Assertions.assertThat;

import dovetail.auth.ScramClient;
import dovetail.auth.answer.Authenticator;
import dovetail.auth.answer.AuthenticatorSettings;
import dovetail.auth.answer.Challenges;
import dovetail.auth.answer.Guard;
import dovetail.auth.answer.GuardSettings;
import dovetail.auth.answer.Login;
import dovetail.auth.answer.LoginNotes;
import dovetail.auth.answer.Marker;
import dovetail.auth.answer.OneTimeCodes;
import dovetail.auth.answer.Outcome;
import dovetail.auth.answer.Passage;
import dovetail.auth.answer.ScramProof;
import dovetail.auth.answer.ScramQuestion;
import dovetail.auth.password.Argon2id;
import dovetail.auth.password.HashSettings;
import dovetail.auth.password.HashThreads;
import dovetail.auth.password.Secret;
import dovetail.auth.token.TokenRules;
import dovetail.auth.token.Tokens;
import dovetail.auth.wire.ClientLine;
import dovetail.auth.wire.Fields;
import dovetail.auth.wire.Payload;
import dovetail.auth.wire.ServerLine;
import dovetail.directory.Account;
import dovetail.directory.LoginService;
import dovetail.directory.MapAccounts;
import dovetail.directory.StoredHash;
import dovetail.mail.Address;
import dovetail.server.io.ProtocolException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Sessions with an authenticator behind them that is the real one, and who speaks with them. */
final class ScramBackend implements AutoCloseable {
  static final Address JOE = Address.parse("joe@example.com").orElseThrow();
  static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

  final MapAccounts accounts = new MapAccounts();
  final List<Outcome> outcomes = new ArrayList<>();

  /** What came of proofs alone. */
  final List<Outcome> proven = new ArrayList<>();

  /** What came of tokens alone. */
  final List<Outcome> tokenLogins = new ArrayList<>();

  final List<Passage> passages = new ArrayList<>();
  final List<String> outdated = new ArrayList<>();
  private final HashThreads hashes =
      new HashThreads(
          new HashSettings(1, 2, 64L << 20, Duration.ofSeconds(30), false),
          new Argon2id(new SecureRandom()),
          System::nanoTime);
  private final Authenticator authenticator;
  private Instant now = NOW;

  /** Which tokens are good. */
  Optional<TokenRules> tokens = Optional.of(Tokens.RULES);

  private long ids;

  /**
   * @param attempts how many wrong passwords a client may try
   */
  ScramBackend(int attempts) {
    GuardSettings patience =
        new GuardSettings(
            Duration.ofHours(1),
            attempts,
            10_000,
            Duration.ofMinutes(15),
            Duration.ofSeconds(1),
            Duration.ofSeconds(8),
            List.of());
    this.authenticator =
        new Authenticator(
            new Authenticator.Parts(
                accounts,
                hashes,
                new OneTimeCodes(accounts, (_, _) -> false),
                new Guard(() -> 0, "mx.example.net", _ -> {}),
                new Marker(new SecureRandom()),
                new Challenges(new SecureRandom()),
                new Notes()),
            () -> new AuthenticatorSettings(patience, Set.of(LoginService.SMTP), true, tokens));
  }

  private final class Notes implements LoginNotes {
    @Override
    public void passed(Passage passage) {
      passages.add(passage);
    }

    @Override
    public void outdated(Account account, StoredHash hash, Secret password) {
      outdated.add(hash.text());
    }

    @Override
    public void unusable(Account account, String why) {}
  }

  private final class Noted implements AuthSession.Logins {
    @Override
    public Outcome decide(Login login, Secret password, Mechanism mechanism) {
      return noted(authenticator.decide(login, password));
    }

    @Override
    public ScramQuestion ask(Login login, Mechanism mechanism) {
      ScramQuestion question = authenticator.ask(login);
      if (question instanceof ScramQuestion.Decided(Outcome outcome)) {
        noted(outcome);
      }
      return question;
    }

    @Override
    public Outcome prove(
        Login login, ScramQuestion.Asked asked, ScramProof proof, Mechanism mechanism) {
      assertThat(mechanism).isEqualTo(Mechanism.SCRAM_SHA_256);
      proven.add(authenticator.prove(login, asked, proof));
      return noted(proven.getLast());
    }

    @Override
    public Outcome decideByToken(Login login, Secret token, Mechanism mechanism) {
      assertThat(mechanism.takesTokens()).isTrue();
      tokenLogins.add(authenticator.decideByToken(login, token));
      return noted(tokenLogins.getLast());
    }

    @Override
    public Optional<String> scope() {
      return tokens.map(rules -> String.join(" ", rules.scope())).filter(words -> !words.isEmpty());
    }

    private Outcome noted(Outcome outcome) {
      outcomes.add(outcome);
      return outcome;
    }
  }

  void pass(Duration time) {
    now = now.plus(time);
  }

  /** An account with everything allowed. */
  static Account account(String stored) {
    return account(stored, EnumSet.allOf(LoginService.class), false);
  }

  static Account account(String stored, Set<LoginService> services, boolean totp) {
    return new Account(
        JOE,
        true,
        true,
        true,
        services,
        List.of(),
        Account.Place.USUAL,
        new Account.Credentials(
            Optional.of(stored).filter(text -> !text.isEmpty()).map(StoredHash::new),
            List.of(),
            totp));
  }

  /** A session in which nothing was said. */
  AuthSession silent() {
    return new AuthSession(EnumSet.allOf(Mechanism.class), new Noted(), () -> now);
  }

  /** A session whose handshake is over. */
  AuthSession session(int minor) {
    AuthSession session = silent();
    try {
      session.next(new ClientLine.Version(1, minor));
      session.next(new ClientLine.Cpid(7));
    } catch (ProtocolException e) {
      throw new AssertionError(e);
    }
    return session;
  }

  /** What a session says to a login's first message. */
  AuthSession.Answer begin(AuthSession session, long id, String message, Fields more)
      throws ProtocolException {
    Fields fields = Fields.of("service", "smtp").with("rip", "192.0.2.1");
    for (var field : more.all().entrySet()) {
      fields = fields.with(field.getKey(), field.getValue());
    }
    return session.next(
        new ClientLine.Auth(id, "SCRAM-SHA-256", fields, Optional.of(payload(message))));
  }

  static AuthSession.Answer go(AuthSession session, long id, String message)
      throws ProtocolException {
    return session.next(new ClientLine.Cont(id, payload(message)));
  }

  /** Logs in from the beginning to the end, as Postfix does it. */
  ServerLine login(ScramClient client) throws ProtocolException {
    return login(client, Fields.NONE);
  }

  ServerLine login(ScramClient client, Fields more) throws ProtocolException {
    AuthSession session = session(2);
    long id = ++ids;
    ServerLine first = line(begin(session, id, client.first(), more));
    if (!(first instanceof ServerLine.Cont)) {
      return first;
    }
    ServerLine last = line(go(session, id, client.last(challenge(first))));
    if (!(last instanceof ServerLine.Cont)) {
      return last;
    }
    assertThat(client.believes(challenge(last))).as(challenge(last)).isTrue();
    return line(go(session, id, ""));
  }

  static ServerLine line(AuthSession.Answer answer) {
    assertThat(answer).isInstanceOf(AuthSession.Answer.Say.class);
    return ((AuthSession.Answer.Say) answer).line();
  }

  static String challenge(ServerLine line) {
    assertThat(line).isInstanceOf(ServerLine.Cont.class);
    return text(((ServerLine.Cont) line).challenge());
  }

  static String text(Payload payload) {
    return new String(((Payload.Octets) payload).data().octets(), StandardCharsets.UTF_8);
  }

  static Payload payload(String text) {
    return Payload.of(text.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public void close() {
    hashes.close();
  }
}
