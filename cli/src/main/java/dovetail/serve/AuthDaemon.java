package dovetail.serve;

import dovetail.auth.AuthConfig;
import dovetail.auth.AuthSettings;
import dovetail.auth.source.KnownClients;
import dovetail.config.Key;
import dovetail.config.Settings;
import dovetail.directory.login.Block;
import dovetail.http.Route;
import dovetail.observe.Metrics;
import dovetail.observe.TransactionLog;
import dovetail.server.ConnectionHandler;
import dovetail.server.ConnectionLimits;
import dovetail.server.ListenChange;
import dovetail.server.ListenSpec;
import dovetail.server.Server;
import dovetail.server.Service;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The auth backend: what serves, where, and what it notes of logins. */
final class AuthDaemon implements AutoCloseable {
  private static final Logger logger = LoggerFactory.getLogger("auth");

  /** So often it is kept what logins leave. */
  private static final Duration ROUND = Duration.ofMillis(500);

  private final AuthParts parts;
  private final List<Door> doors;
  private final List<Rounds> rounds;

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

  private AuthDaemon(AuthParts parts, List<Door> doors, List<Rounds> rounds) {
    this.parts = parts;
    this.doors = doors;
    this.rounds = rounds;
  }

  static AuthDaemon open(Shared shared, Configuration configuration) throws IOException {
    Settings from = configuration.settings();
    AuthParts parts = AuthParts.of(shared, configuration);
    GaugeWithCallback.builder()
        .name("dovetail_auth_waiting")
        .help("Logins that wait for their password to be hashed.")
        .callback(callback -> callback.call((double) parts.hashes().waiting()))
        .register(shared.metrics().registry());
    try {
      List<Door> doors = doors(shared.server(), from, parts);
      KnownClients known = new KnownClients(shared.directory().logins(), parts.guard());
      return new AuthDaemon(parts, doors, keeping(parts.notes(), known));
    } catch (IOException | RuntimeException e) {
      parts.hashes().close();
      throw e;
    }
  }

  private static List<Door> doors(Server server, Settings from, AuthParts parts)
      throws IOException {
    ConnectionLimits waiting = ConnectionLimits.waiting(from.get(AuthConfig.MAX_CONNECTIONS));
    // Dovecot connects anew, so that nobody need wait for others that do nothing.
    ConnectionLimits evicting = ConnectionLimits.evicting(from.get(AuthConfig.MAX_CONNECTIONS));
    record Wanted(
        String name,
        Key<List<ListenSpec>> where,
        ConnectionLimits limits,
        ConnectionHandler handler) {}
    List<Wanted> all =
        List.of(
            new Wanted("auth", AuthConfig.LISTEN, waiting, parts.logins()),
            new Wanted("userdb", AuthConfig.USERDB_LISTEN, evicting, parts.dovecot().users()),
            new Wanted(
                "dict-auth", AuthConfig.DICT_AUTH_LISTEN, evicting, parts.dovecot().accounts()),
            new Wanted("dict", AuthConfig.DICT_LISTEN, evicting, parts.dovecot().plugins()));
    List<Door> doors = new ArrayList<>();
    for (Wanted one : all) {
      Service listening =
          server.open(one.name(), from.get(one.where()), one.limits(), one.handler());
      doors.add(new Door(listening, one.where()));
    }
    return List.copyOf(doors);
  }

  private static List<Rounds> keeping(AuthParts.Notes notes, KnownClients known) {
    return List.of(
        Rounds.start(
            new Rounds.Plan("logins", ROUND, "what logins leave", logger),
            () -> {
              Instant now = InstantSource.system().instant();
              notes.logins().exchange(now);
              known.tell(now);
            }),
        Rounds.start(
            new Rounds.Plan("mailboxes", ROUND, "what mailboxes hold", logger),
            notes.usage()::exchange));
  }

  Change prepare(Configuration other) throws IOException {
    AuthSettings next = AuthSettings.of(other.settings(), other.tokens());
    List<ListenChange> listeners = new ArrayList<>();
    try {
      for (Door door : doors) {
        listeners.add(door.listening().prepare(other.settings().get(door.where())));
      }
    } catch (IOException | RuntimeException e) {
      listeners.forEach(ListenChange::close);
      throw e;
    }
    return new Change(listeners, () -> parts.settings().set(next));
  }

  /** Takes over who is kept out, by the database. */
  void blocked(List<Block> blocks) {
    parts.guard().replace(blocks);
  }

  /** What it serves over HTTP. */
  List<Route> routes() {
    return parts.http().routes();
  }

  List<String> addresses() {
    return doors.stream().flatMap(door -> door.listening().printableAddresses().stream()).toList();
  }

  /** Holds no answer back any more; whoever waits for one is closed without it. */
  void stop() {
    parts.logins().stop();
  }

  @Override
  public void close() {
    parts.hashes().close();
    parts.notes().logins().finish();
    rounds.forEach(Rounds::close);
    int lost = parts.notes().usage().waiting();
    if (lost > 0) {
      logger.warn("{} notes of what mailboxes hold are lost, the database is away", lost);
    }
  }
}
