package dovetail.store.sql;

import dovetail.directory.edit.UnavailableException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.random.RandomGenerator;
import org.sqlite.SQLiteConfig;

/**
 * An SQLite file with a write-ahead log, which several processes may use. Its calls block in native
 * code, so they run on a few platform threads: one writes, others read.
 */
final class SqliteDatabase implements Database {
  private static final int READERS = 2;
  private static final int BUSY_MILLIS = 5000;
  private static final int CACHE_KIB = 16 * 1024;

  private final Path file;
  private final Duration patience;
  private final Pauses pauses;
  private final SqliteThreads readers;
  private final SqliteThreads browser;
  private final SqliteThreads writer;

  SqliteDatabase(Path file, Duration patience, RandomGenerator random) {
    this.file = file;
    this.patience = patience;
    this.pauses = new Pauses(random);
    this.readers =
        new SqliteThreads(
            new SqliteThreads.Form("sqlite-read", READERS, "BEGIN", pauses),
            patience,
            this::connect);
    this.browser =
        new SqliteThreads(
            new SqliteThreads.Form("sqlite-browse", 1, "BEGIN", pauses), LONGEST, this::connect);
    this.writer =
        new SqliteThreads(
            new SqliteThreads.Form("sqlite-write", 1, "BEGIN IMMEDIATE", pauses),
            LONGEST,
            this::connect);
  }

  @Override
  public Dialect dialect() {
    return Dialect.SQLITE;
  }

  @Override
  public <T, E extends Exception> T ask(Work<T, E> work) throws E, UnavailableException {
    return readers.run(work); // a transaction costs nothing here
  }

  @Override
  public <T, E extends Exception> T read(Work<T, E> work) throws E, UnavailableException {
    return readers.run(work);
  }

  @Override
  public <T, E extends Exception> T browse(Work<T, E> work) throws E, UnavailableException {
    return browser.run(work);
  }

  @Override
  public <T, E extends Exception> T change(Work<T, E> work) throws E, UnavailableException {
    return writer.run(work);
  }

  @Override
  public <T, E extends Exception> T settle(Work<T, E> work) throws E, UnavailableException {
    return writer.settle(work, patience);
  }

  @Override
  public <T, E extends Exception> T write(Work<T, E> work) throws E, UnavailableException {
    return writer.run(work);
  }

  private Connection connect() throws SQLException {
    create();
    SQLiteConfig config = new SQLiteConfig();
    config.setJournalMode(SQLiteConfig.JournalMode.WAL);
    // What was acknowledged is on the disk; changes are rare.
    config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
    config.setBusyTimeout(BUSY_MILLIS);
    config.setCacheSize(-CACHE_KIB);
    return config.createConnection(DatabaseSettings.SQLITE + file);
  }

  /** With mode 0600, which the files beside it take over. */
  private void create() throws SQLException {
    try {
      if (Files.notExists(file)) {
        Files.createFile(
            file,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      }
    } catch (FileAlreadyExistsException _) {
      // Another process was faster.
    } catch (IOException e) {
      throw new SQLException("the database " + file + " cannot be made: " + e, e);
    }
  }

  @Override
  public void close() {
    pauses.close();
    readers.close();
    browser.close();
    writer.close();
  }
}
