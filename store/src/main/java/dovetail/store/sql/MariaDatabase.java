package dovetail.store.sql;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dovetail.directory.edit.UnavailableException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** MariaDB, by way of a pool that is opened when it is first needed. */
final class MariaDatabase implements Database {
  private static final Duration LIFETIME = Duration.ofMinutes(10);
  private static final long LEAST_TIMEOUT_MILLIS = 250;

  /** Until the first of many rows that were sorted, and between two of them. */
  private static final Duration BROWSING = Duration.ofMinutes(2);

  private final DatabaseSettings settings;
  private final Pauses pauses;
  private final Transactions single;
  private final Transactions quick;
  private final Transactions browsing;
  private final Transactions patient;
  private final ReentrantLock opening = new ReentrantLock();
  private volatile @Nullable HikariDataSource pool;

  MariaDatabase(DatabaseSettings settings, RandomGenerator random) {
    this.settings = settings;
    this.pauses = new Pauses(random);
    this.single = new Transactions(Dialect.MARIADB, new Single(), pauses);
    this.quick = new Transactions(Dialect.MARIADB, new Pooled(Optional.empty()), pauses);
    this.browsing = new Transactions(Dialect.MARIADB, new Pooled(Optional.of(BROWSING)), pauses);
    this.patient = new Transactions(Dialect.MARIADB, new Pooled(Optional.of(LONGEST)), pauses);
  }

  @Override
  public Dialect dialect() {
    return Dialect.MARIADB;
  }

  @Override
  public <T, E extends Exception> T ask(Work<T, E> work) throws E, UnavailableException {
    return single.run(work);
  }

  @Override
  public <T, E extends Exception> T read(Work<T, E> work) throws E, UnavailableException {
    return quick.run(work);
  }

  @Override
  public <T, E extends Exception> T change(Work<T, E> work) throws E, UnavailableException {
    return quick.run(work);
  }

  @Override
  public <T, E extends Exception> T settle(Work<T, E> work) throws E, UnavailableException {
    return quick.run(work); // what is under way on a connection that is closed is undone
  }

  @Override
  public <T, E extends Exception> T browse(Work<T, E> work) throws E, UnavailableException {
    return browsing.run(work);
  }

  @Override
  public <T, E extends Exception> T write(Work<T, E> work) throws E, UnavailableException {
    return patient.run(work);
  }

  /** Connections for one statement each, which is a transaction by itself. */
  private final class Single implements Source {
    @Override
    public Connection begin() throws SQLException {
      return opened().getConnection();
    }

    @Override
    public void commit(Connection connection) {
      // The end of the statement was one.
    }

    @Override
    public void rollBack(Connection connection) {
      // As above.
    }

    @Override
    public void giveBack(Connection connection, boolean good) throws SQLException {
      connection.close();
    }
  }

  /** Connections of the pool, which looks after those that are broken. */
  private final class Pooled implements Source {
    private final Optional<Duration> patience;

    /**
     * @param patience how long each answer may take, if that is longer than usual
     */
    Pooled(Optional<Duration> patience) {
      this.patience = patience;
    }

    @Override
    public Connection begin() throws SQLException {
      Connection connection = opened().getConnection();
      try {
        // For this once: the pool sets both back. A transaction begins with its first statement.
        connection.setAutoCommit(false);
        if (patience.isPresent()) {
          connection.setNetworkTimeout(Runnable::run, (int) patience.get().toMillis());
        }
        return connection;
      } catch (SQLException e) {
        connection.close();
        throw e;
      }
    }

    @Override
    public void commit(Connection connection) throws SQLException {
      connection.commit();
    }

    @Override
    public void rollBack(Connection connection) throws SQLException {
      connection.rollback();
    }

    @Override
    public void giveBack(Connection connection, boolean good) throws SQLException {
      connection.close();
    }
  }

  private HikariDataSource opened() throws SQLException {
    HikariDataSource known = pool;
    if (known != null) {
      return known;
    }
    opening.lock();
    try {
      HikariDataSource made = pool;
      if (made == null) {
        made = new HikariDataSource(config());
        pool = made;
      }
      return made;
    } finally {
      opening.unlock();
    }
  }

  private HikariConfig config() throws SQLException {
    long timeout = Math.max(LEAST_TIMEOUT_MILLIS, settings.timeout().toMillis());
    HikariConfig config = new HikariConfig();
    config.setPoolName("dovetail");
    config.setJdbcUrl(MariaUrl.of(settings, timeout));
    settings.user().ifPresent(config::setUsername);
    if (settings.passwordFile().isPresent()) {
      config.setPassword(password(settings.passwordFile().get()));
    }
    // Rows that are read are not kept from changing by gaps, over which Galera would stumble.
    config.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
    config.setMaximumPoolSize(settings.maxConnections());
    config.setMinimumIdle(1);
    config.setConnectionTimeout(timeout);
    config.setValidationTimeout(Math.max(LEAST_TIMEOUT_MILLIS, timeout / 2));
    config.setMaxLifetime(LIFETIME.toMillis());
    config.setIdleTimeout(LIFETIME.toMillis() / 2);
    config.setInitializationFailTimeout(-1);
    return config;
  }

  /** The first line of a file. */
  static String password(Path file) throws SQLException {
    try (var lines = Files.lines(file)) {
      return lines.findFirst().orElse("");
    } catch (IOException | UncheckedIOException e) {
      throw new SQLException("the password file " + file + " cannot be read: " + e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    pauses.close();
    HikariDataSource known = pool;
    if (known != null) {
      known.close();
    }
  }
}
