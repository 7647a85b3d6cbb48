package dovetail.store.sql;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A MariaDB of the tests' own, in a folder of its own, on a unix socket and nowhere else. */
final class MariaServer implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Path folder;
  private final Process process;

  private MariaServer(Path folder, Process process) {
    this.folder = folder;
    this.process = process;
  }

  /** What is missing on this machine to start one. */
  static Optional<String> missing() {
    return Stream.of("mariadbd", "mariadb-install-db")
        .filter(program -> program(program).isEmpty())
        .findFirst();
  }

  private static Optional<Path> program(String name) {
    return Stream.of("/usr/sbin", "/usr/bin", "/usr/libexec")
        .map(folder -> Path.of(folder, name))
        .filter(Files::isExecutable)
        .findFirst();
  }

  static MariaServer start(Path folder) throws IOException, InterruptedException {
    Path data = folder.resolve("data");
    Path socket = folder.resolve("socket");
    Path log = folder.resolve("log");
    run(
        log,
        List.of(
            program("mariadb-install-db").orElseThrow().toString(),
            "--no-defaults",
            "--datadir=" + data,
            "--auth-root-authentication-method=normal",
            "--skip-test-db",
            "--user=" + System.getProperty("user.name")));
    Process process =
        new ProcessBuilder(
                program("mariadbd").orElseThrow().toString(),
                "--no-defaults",
                "--user=" + System.getProperty("user.name"),
                "--datadir=" + data,
                "--socket=" + socket,
                "--pid-file=" + folder.resolve("pid"),
                "--skip-networking",
                "--innodb-buffer-pool-size=64M",
                "--innodb-lock-wait-timeout=5",
                "--innodb-flush-log-at-trx-commit=0")
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start();
    MariaServer server = new MariaServer(folder, process);
    try {
      server.await(socket, log);
      return server;
    } catch (IOException | RuntimeException | InterruptedException e) {
      server.close();
      throw e;
    }
  }

  private void await(Path socket, Path log) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!Files.exists(socket) || !Files.readString(log).contains("ready for connections")) {
      if (!process.isAlive() || System.nanoTime() > deadline) {
        throw new IOException("mariadbd does not start:\n" + Files.readString(log));
      }
      Thread.sleep(50);
    }
  }

  private static void run(Path log, List<String> command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start();
    if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS) || process.exitValue() != 0) {
      throw new IOException(command + " failed:\n" + Files.readString(log));
    }
  }

  /** Settings for a database of that name, which need not be there yet. */
  DatabaseSettings settings(String database) {
    return new DatabaseSettings(
        "jdbc:mariadb://localhost/%s?localSocket=%s&createDatabaseIfNotExist=true"
            .formatted(database, folder.resolve("socket")),
        Optional.of("root"),
        Optional.empty(),
        10,
        Duration.ofSeconds(10));
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
