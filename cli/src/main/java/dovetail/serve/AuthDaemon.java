package dovetail.serve;

import dovetail.auth.AuthConfig;
import dovetail.auth.AuthService;
import dovetail.auth.AuthSettings;
import dovetail.auth.MasterService;
import dovetail.auth.UserLog;
import dovetail.auth.answer.Authenticator;
import dovetail.auth.answer.Guard;
import dovetail.auth.answer.Marker;
import dovetail.auth.answer.OneTimeCodes;
import dovetail.auth.answer.Users;
import dovetail.auth.password.Argon2id;
import dovetail.auth.password.HashThreads;
import dovetail.auth.source.StoredLogins;
import dovetail.config.Key;
import dovetail.config.Settings;
import dovetail.directory.login.Block;
import dovetail.observe.Metrics;
import dovetail.observe.TransactionLog;
import dovetail.server.ConnectionLimits;
import dovetail.server.ListenChange;
import dovetail.server.ListenSpec;
import dovetail.server.Server;
import dovetail.server.Service;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The auth backend: what serves, where, and what it notes of logins. */
final class AuthDaemon implements AutoCloseable {
  private static final Logger logger = LoggerFactory.getLogger("auth");

  /** So often it is kept what logins leave. */
  private static final Duration ROUND = Duration.ofMillis(500);

  private final AuthService service;
  private final List<Door> doors;
  private final Guard guard;
  private final HashThreads hashes;
  private final Rounds rounds;
  private final AtomicReference<AuthSettings> settings;

  /** What all services share. */
  record Shared(
      Server server,
      TransactionLog log,
      Metrics metrics,
      DirectoryService directory,
      String host) {}

  /** Another configuration that can be used. */
  record Change(List<ListenChange> listeners, Runnable commit) {}

  /** One of the protocols: what serves it, where, and where a configuration says so. */
  private record Door(Service listening, Key<List<ListenSpec>> where) {}

  private AuthDaemon(Parts parts, List<Door> doors, Rounds rounds) {
    this.service = parts.service();
    this.guard = parts.guard();
    this.hashes = parts.hashes();
    this.settings = parts.settings();
    this.doors = doors;
    this.rounds = rounds;
  }

  private record Parts(
      AuthService service,
      MasterService users,
      Guard guard,
      HashThreads hashes,
      StoredLogins notes,
      AtomicReference<AuthSettings> settings) {}

  static AuthDaemon open(Shared shared, Configuration configuration) throws IOException {
    Settings from = configuration.settings();
    Parts parts = parts(shared, from);
    GaugeWithCallback.builder()
        .name("dovetail_auth_waiting")
        .help("Logins that wait for their password to be hashed.")
        .callback(callback -> callback.call((double) parts.hashes().waiting()))
        .register(shared.metrics().registry());
    try {
      List<Door> doors = open(shared.server(), from, parts);
      return new AuthDaemon(parts, doors, keeping(parts.notes()));
    } catch (IOException | RuntimeException e) {
      parts.hashes().close();
      throw e;
    }
  }

  private static List<Door> open(Server server, Settings from, Parts parts) throws IOException {
    ConnectionLimits limits = ConnectionLimits.waiting(from.get(AuthConfig.MAX_CONNECTIONS));
    List<Door> doors = new ArrayList<>();
    doors.add(
        new Door(
            server.open("auth", from.get(AuthConfig.LISTEN), limits, parts.service()),
            AuthConfig.LISTEN));
    doors.add(
        new Door(
            server.open("userdb", from.get(AuthConfig.USERDB_LISTEN), limits, parts.users()),
            AuthConfig.USERDB_LISTEN));
    return List.copyOf(doors);
  }

  private static Parts parts(Shared shared, Settings from) {
    SecureRandom random = new SecureRandom();
    AtomicReference<AuthSettings> settings = new AtomicReference<>(AuthSettings.of(from));
    HashThreads hashes = new HashThreads(AuthConfig.hashing(from), new Argon2id(random));
    StoredLogins notes =
        new StoredLogins(
            new StoredLogins.Stores(shared.directory().logins(), shared.directory().blocks()),
            hashes,
            Thread::startVirtualThread,
            System::nanoTime);
    Guard guard = new Guard(System::nanoTime, shared.host(), notes::blocked);
    Authenticator authenticator =
        new Authenticator(
            new Authenticator.Parts(
                shared.directory().accounts(),
                hashes,
                new OneTimeCodes(
                    shared.directory().accounts(), shared.directory().logins()::useTotp),
                guard,
                new Marker(random),
                notes),
            () -> settings.get().logins());
    AuthService service =
        new AuthService(
            settings::get,
            authenticator,
            new AuthService.Reports(shared.log(), shared.metrics()),
            new AuthService.Clocks(InstantSource.system(), System::nanoTime),
            random);
    MasterService users =
        new MasterService(
            new Users(shared.directory().accounts(), () -> settings.get().users()),
            new UserLog(shared.log(), shared.metrics(), System::nanoTime),
            settings::get,
            System::nanoTime);
    return new Parts(service, users, guard, hashes, notes, settings);
  }

  private static Rounds keeping(StoredLogins notes) {
    return Rounds.start(
        new Rounds.Plan("logins", ROUND, "what logins leave", logger),
        () -> notes.exchange(InstantSource.system().instant()));
  }

  Change prepare(Configuration other) throws IOException {
    AuthSettings next = AuthSettings.of(other.settings());
    List<ListenChange> listeners = new ArrayList<>();
    try {
      for (Door door : doors) {
        listeners.add(door.listening().prepare(other.settings().get(door.where())));
      }
    } catch (IOException | RuntimeException e) {
      listeners.forEach(ListenChange::close);
      throw e;
    }
    return new Change(listeners, () -> settings.set(next));
  }

  /** Takes over who is kept out, by the database. */
  void blocked(List<Block> blocks) {
    guard.replace(blocks);
  }

  List<String> addresses() {
    return doors.stream().flatMap(door -> door.listening().printableAddresses().stream()).toList();
  }

  /** Holds no answer back any more; whoever waits for one is closed without it. */
  void stop() {
    service.stop();
  }

  @Override
  public void close() {
    hashes.close();
    rounds.close();
  }
}
