package dovetail.serve;

import dovetail.auth.AuthConfig;
import dovetail.auth.AuthService;
import dovetail.auth.AuthSettings;
import dovetail.auth.DictAuthService;
import dovetail.auth.DictSinkService;
import dovetail.auth.MasterService;
import dovetail.auth.UserLog;
import dovetail.auth.answer.Authenticator;
import dovetail.auth.answer.Guard;
import dovetail.auth.answer.Marker;
import dovetail.auth.answer.OneTimeCodes;
import dovetail.auth.answer.Passdb;
import dovetail.auth.answer.Users;
import dovetail.auth.password.Argon2id;
import dovetail.auth.password.HashThreads;
import dovetail.auth.source.StoredLogins;
import dovetail.auth.source.StoredUsage;
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
  private final List<Rounds> rounds;
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

  private AuthDaemon(Parts parts, List<Door> doors, List<Rounds> rounds) {
    this.service = parts.service();
    this.guard = parts.guard();
    this.hashes = parts.hashes();
    this.settings = parts.settings();
    this.doors = doors;
    this.rounds = rounds;
  }

  private record Parts(
      AuthService service,
      Dovecot dovecot,
      Guard guard,
      HashThreads hashes,
      Notes notes,
      AtomicReference<AuthSettings> settings) {}

  /** What Dovecot asks and tells. */
  private record Dovecot(MasterService users, DictAuthService accounts, DictSinkService notes) {}

  /** What is written later. */
  private record Notes(StoredLogins logins, StoredUsage usage) {}

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
    // Dovecot's plugins connect anew, so one of them need not wait for others that do nothing.
    ConnectionLimits plugins = ConnectionLimits.evicting(from.get(AuthConfig.MAX_CONNECTIONS));
    Dovecot dovecot = parts.dovecot();
    List<Door> doors = new ArrayList<>();
    doors.add(
        new Door(
            server.open("auth", from.get(AuthConfig.LISTEN), limits, parts.service()),
            AuthConfig.LISTEN));
    doors.add(
        new Door(
            server.open("userdb", from.get(AuthConfig.USERDB_LISTEN), limits, dovecot.users()),
            AuthConfig.USERDB_LISTEN));
    doors.add(
        new Door(
            server.open(
                "dict-auth", from.get(AuthConfig.DICT_AUTH_LISTEN), limits, dovecot.accounts()),
            AuthConfig.DICT_AUTH_LISTEN));
    doors.add(
        new Door(
            server.open("dict", from.get(AuthConfig.DICT_LISTEN), plugins, dovecot.notes()),
            AuthConfig.DICT_LISTEN));
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
    StoredUsage usage =
        new StoredUsage(
            shared.directory().accounts(),
            new StoredUsage.Stores(shared.directory().usage(), shared.directory().logins()));
    return new Parts(
        service,
        dovecot(
            shared,
            new Passdb.Parts(shared.directory().accounts(), hashes, notes),
            usage,
            settings),
        guard,
        hashes,
        new Notes(notes, usage),
        settings);
  }

  private static Dovecot dovecot(
      Shared shared,
      Passdb.Parts passwords,
      StoredUsage usage,
      AtomicReference<AuthSettings> settings) {
    Users users = new Users(passwords.accounts(), () -> settings.get().users());
    Passdb passdb =
        new Passdb(passwords, () -> settings.get().logins(), () -> settings.get().users());
    UserLog log = new UserLog(shared.log(), shared.metrics(), System::nanoTime);
    return new Dovecot(
        new MasterService(users, log, settings::get, System::nanoTime),
        new DictAuthService(
            new DictAuthService.Answers(passdb, users), log, settings::get, System::nanoTime),
        new DictSinkService(
            usage,
            shared.metrics(),
            settings::get,
            new AuthService.Clocks(InstantSource.system(), System::nanoTime)));
  }

  private static List<Rounds> keeping(Notes notes) {
    return List.of(
        Rounds.start(
            new Rounds.Plan("logins", ROUND, "what logins leave", logger),
            () -> notes.logins().exchange(InstantSource.system().instant())),
        Rounds.start(
            new Rounds.Plan("mailboxes", ROUND, "what mailboxes hold", logger),
            () -> notes.usage().exchange(Integer.MAX_VALUE)));
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
    rounds.forEach(Rounds::close);
  }
}
