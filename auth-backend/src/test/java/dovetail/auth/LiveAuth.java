package dovetail.auth;

import dovetail.auth.answer.Authenticator;
import dovetail.auth.answer.AuthenticatorSettings;
import dovetail.auth.answer.Challenges;
import dovetail.auth.answer.Guard;
import dovetail.auth.answer.GuardSettings;
import dovetail.auth.answer.LoginNotes;
import dovetail.auth.answer.Marker;
import dovetail.auth.answer.OneTimeCodes;
import dovetail.auth.answer.Passage;
import dovetail.auth.answer.UserSettings;
import dovetail.auth.password.Argon2id;
import dovetail.auth.password.HashSettings;
import dovetail.auth.password.HashThreads;
import dovetail.auth.password.Secret;
import dovetail.auth.session.Mechanism;
import dovetail.auth.token.Tokens;
import dovetail.directory.Account;
import dovetail.directory.Accounts;
import dovetail.directory.LoginService;
import dovetail.directory.MapAccounts;
import dovetail.directory.StoredHash;
import dovetail.live.Live;
import dovetail.mail.Address;
import dovetail.server.ConnectionLimits;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;

/** An auth backend that listens. */
final class LiveAuth extends Live<AuthService> {
  static final Address JOE = Address.parse("joe@example.com").orElseThrow();
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final ConnectionLimits USUAL = ConnectionLimits.waiting(100);

  private final Parts parts;

  private record Parts(
      Accounts accounts, HashThreads hashes, AtomicReference<AuthSettings> settings) {
    AuthService service(Surroundings around) {
      Authenticator authenticator =
          new Authenticator(
              new Authenticator.Parts(
                  accounts,
                  hashes,
                  new OneTimeCodes(accounts, (_, _) -> false),
                  new Guard(around.passed(), "mx.example.net", _ -> {}),
                  new Marker(new SecureRandom()),
                  new Challenges(new SecureRandom()),
                  new Nobody()),
              () -> settings.get().logins());
      return new AuthService(
          settings::get,
          authenticator,
          new AuthService.Reports(around.log(), around.metrics()),
          new AuthService.Clocks(() -> NOW.plusNanos(around.passed().getAsLong()), around.ticker()),
          new SecureRandom());
    }
  }

  /** Notes nothing. */
  private static final class Nobody implements LoginNotes {
    @Override
    public void passed(Passage passage) {}

    @Override
    public void outdated(Account account, StoredHash hash, Secret password) {}

    @Override
    public void unusable(Account account, String why) {}
  }

  private LiveAuth(Parts parts, ConnectionLimits limits) throws IOException {
    super("auth", "inet:127.0.0.1:0", limits, parts::service);
    this.parts = parts;
  }

  /** One that knows these, and holds the answer to each wrong password back for that long. */
  static LiveAuth open(Accounts accounts, Duration delay) throws IOException {
    return open(accounts, delay, USUAL);
  }

  /** One that holds nothing back, of so many connections. */
  static LiveAuth open(ConnectionLimits limits) throws IOException {
    return open(joe(), Duration.ZERO, limits);
  }

  private static LiveAuth open(Accounts accounts, Duration delay, ConnectionLimits limits)
      throws IOException {
    HashThreads hashes =
        new HashThreads(
            new HashSettings(1, 100, 64L << 20, Duration.ofSeconds(60), false),
            new Argon2id(new SecureRandom()),
            System::nanoTime);
    AtomicReference<AuthSettings> settings =
        new AtomicReference<>(settings(delay, EnumSet.allOf(Mechanism.class)));
    try {
      return new LiveAuth(new Parts(accounts, hashes, settings), limits);
    } catch (IOException | RuntimeException e) {
      hashes.close();
      throw e;
    }
  }

  private static AuthSettings settings(Duration delay, Set<Mechanism> mechanisms) {
    return new AuthSettings(
        Duration.ofSeconds(30),
        mechanisms,
        new AuthenticatorSettings(
            new GuardSettings(
                Duration.ofHours(1), 1_000, 1_000, Duration.ofMinutes(15), delay, delay, List.of()),
            Set.of(),
            mechanisms.contains(Mechanism.SCRAM_SHA_256),
            Optional.of(Tokens.RULES)),
        UserSettings.NONE);
  }

  /** Those where joe has the password "sesame", and nobody else is known. */
  static MapAccounts joe() {
    return joe("{PLAIN}sesame");
  }

  /** Those where joe has that stored, and nobody else is known. */
  static MapAccounts joe(String stored) {
    return new MapAccounts()
        .put(
            new Account(
                JOE,
                true,
                true,
                true,
                EnumSet.allOf(LoginService.class),
                List.of(),
                Account.Place.USUAL,
                new Account.Credentials(Optional.of(new StoredHash(stored)), List.of(), false)));
  }

  /** Somebody who has said nothing yet. */
  AuthPeer client() throws IOException {
    return AuthPeer.connect(address());
  }

  /** Somebody whose handshake is over. */
  AuthPeer ready(int minor) throws IOException {
    AuthPeer client = client();
    client.handshake();
    client.greet(minor);
    return client;
  }

  /** Offers only that from now on. */
  void offer(Mechanism mechanism) {
    parts.settings().set(settings(Duration.ZERO, Set.of(mechanism)));
  }

  void stop() {
    handler().stop();
  }

  /** How many logins for SMTP had that reason. */
  double decided(String reason) {
    return metric("dovetail_auth_logins_total{reason=\"" + reason + "\",service=\"smtp\"}");
  }

  @Override
  public void close() {
    super.close();
    parts.hashes().close();
  }
}
