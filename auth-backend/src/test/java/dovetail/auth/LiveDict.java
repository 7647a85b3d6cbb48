package dovetail.auth;

import dovetail.auth.answer.MailboxNote;
import dovetail.auth.answer.Passdb;
import dovetail.auth.answer.Users;
import dovetail.auth.password.Argon2id;
import dovetail.auth.password.HashSettings;
import dovetail.auth.password.HashThreads;
import dovetail.directory.MapAccounts;
import dovetail.live.Live;
import dovetail.server.ConnectionHandler;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

/** One of the dict services, listening. */
final class LiveDict extends Live<ConnectionHandler> {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

  private LiveDict(Path folder, Function<Surroundings, ConnectionHandler> handler)
      throws IOException {
    super("auth", "unix:" + folder.resolve("dict"), 100, handler);
  }

  /** What a sink has taken, and whether it has room for more. */
  static final class Notes {
    private final List<String> all = new CopyOnWriteArrayList<>();
    private final AtomicBoolean full = new AtomicBoolean();

    private boolean take(Collection<MailboxNote> notes) {
      if (full.get()) {
        return false;
      }
      notes.forEach(note -> all.add(note.toString()));
      return true;
    }

    void fill() {
      full.set(true);
    }

    List<String> all() {
      return List.copyOf(all);
    }
  }

  static LiveDict accounts(Path folder, MapAccounts accounts) throws IOException {
    HashThreads hashes =
        new HashThreads(
            new HashSettings(1, 2, 64L << 20, Duration.ofSeconds(30), false),
            new Argon2id(new SecureRandom()),
            System::nanoTime);
    return new LiveDict(
        folder,
        around ->
            new DictAuthService(
                new DictAuthService.Answers(
                    new Passdb(
                        new Passdb.Parts(accounts, hashes, new Accounting.NoNotes()),
                        Accounting.SETTINGS::logins,
                        Accounting.SETTINGS::users),
                    new Users(accounts, Accounting.SETTINGS::users)),
                new UserLog(around.log(), around.metrics(), around.passed()),
                () -> Accounting.SETTINGS,
                around.passed()));
  }

  static LiveDict sink(Path folder, Notes notes) throws IOException {
    return new LiveDict(
        folder,
        around ->
            new DictSinkService(
                notes::take,
                around.metrics(),
                () -> Accounting.SETTINGS,
                new AuthService.Clocks(() -> NOW, around.passed())));
  }
}
