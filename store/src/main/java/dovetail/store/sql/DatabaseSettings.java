package dovetail.store.sql;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * Which database, and how it is reached.
 *
 * @param url {@code jdbc:sqlite:FILE} or {@code jdbc:mariadb:…}
 * @param user the login at MariaDB
 * @param passwordFile a file with the password in its first line; read at each new connection pool
 * @param maxConnections to MariaDB at a time
 * @param timeout how long a connection or an answer may take
 */
public record DatabaseSettings(
    String url,
    Optional<String> user,
    Optional<Path> passwordFile,
    int maxConnections,
    Duration timeout) {
  static final String SQLITE = "jdbc:sqlite:";
  static final String MARIADB = "jdbc:mariadb:";

  /**
   * @throws IllegalArgumentException if the URL is of no database that we know
   */
  public DatabaseSettings {
    if (!url.startsWith(SQLITE) && !url.startsWith(MARIADB)) {
      throw new IllegalArgumentException(
          "expected a URL that starts with \"jdbc:sqlite:\" or \"jdbc:mariadb:\"");
    }
    if (url.startsWith(SQLITE) && !url.substring(SQLITE.length()).startsWith("/")) {
      throw new IllegalArgumentException("expected \"jdbc:sqlite:\" and an absolute path");
    }
  }

  /** Settings for an SQLite file. */
  public static DatabaseSettings sqlite(Path file) {
    return new DatabaseSettings(
        SQLITE + file.toAbsolutePath(),
        Optional.empty(),
        Optional.empty(),
        1,
        Duration.ofSeconds(10));
  }

  /** The file of an SQLite database; nothing for MariaDB. */
  public Optional<Path> file() {
    return url.startsWith(SQLITE)
        ? Optional.of(Path.of(url.substring(SQLITE.length())))
        : Optional.empty();
  }
}
