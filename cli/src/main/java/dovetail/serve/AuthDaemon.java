package dovetail.serve;

import dovetail.auth.AuthConfig;
import dovetail.auth.AuthService;
import dovetail.auth.AuthSettings;
import dovetail.auth.answer.Authenticator;
import dovetail.auth.answer.Guard;
import dovetail.auth.answer.Marker;
import dovetail.auth.password.Argon2id;
import dovetail.auth.password.HashThreads;
import dovetail.auth.source.StoredLogins;
import dovetail.config.Settings;
import dovetail.directory.login.Block;
import dovetail.observe.Metrics;
import dovetail.observe.TransactionLog;
import dovetail.server.ConnectionLimits;
import dovetail.server.ListenChange;
import dovetail.server.Server;
import dovetail.server.Service;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/** The auth backend: what serves, where, and what it notes of logins. */
final class AuthDaemon implements AutoCloseable {
  private final AuthService service;
  private final Service listening;
  private final Guard guard;
  private final HashThreads hashes;
  private final LoginThread thread;
  private final AtomicReference<AuthSettings> settings;

  /** What all services share. */
  record Shared(
      Server server,
      TransactionLog log,
      Metrics metrics,
      DirectoryService directory,
      String host) {}

  /** Another configuration that can be used. */
  record Change(ListenChange listeners, Runnable commit) {}

  private AuthDaemon(Parts parts, Service listening, LoginThread thread) {
    this.service = parts.service();
    this.guard = parts.guard();
    this.hashes = parts.hashes();
    this.settings = parts.settings();
    this.listening = listening;
    this.thread = thread;
  }

  private record Parts(
      AuthService service,
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
      Service listening =
          shared
              .server()
              .open(
                  "auth",
                  from.get(AuthConfig.LISTEN),
                  ConnectionLimits.waiting(from.get(AuthConfig.MAX_CONNECTIONS)),
                  parts.service());
      return new AuthDaemon(
          parts, listening, LoginThread.start(parts.notes(), shared.directory().blocks()));
    } catch (IOException | RuntimeException e) {
      parts.hashes().close();
      throw e;
    }
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
                shared.directory().accounts(), hashes, guard, new Marker(random), notes),
            () -> settings.get().logins());
    AuthService service =
        new AuthService(
            settings.get(),
            authenticator,
            new AuthService.Reports(shared.log(), shared.metrics()),
            new AuthService.Clocks(InstantSource.system(), System::nanoTime),
            random);
    return new Parts(service, guard, hashes, notes, settings);
  }

  Change prepare(Configuration other) throws IOException {
    AuthSettings next = AuthSettings.of(other.settings());
    return new Change(
        listening.prepare(other.settings().get(AuthConfig.LISTEN)),
        () -> {
          settings.set(next);
          service.reload(next);
        });
  }

  /** Takes over who is kept out, by the database. */
  void blocked(List<Block> blocks) {
    guard.replace(blocks);
  }

  List<String> addresses() {
    return listening.printableAddresses();
  }

  @Override
  public void close() {
    hashes.close();
    thread.close();
  }
}
