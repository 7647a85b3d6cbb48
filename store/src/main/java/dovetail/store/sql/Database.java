package dovetail.store.sql;

import dovetail.directory.edit.UnavailableException;
import java.time.Duration;
import java.util.random.RandomGenerator;

/** A database. For any thread. */
sealed interface Database extends AutoCloseable permits MariaDatabase, SqliteDatabase {
  /** No work takes longer; who waits for more has been forgotten. */
  Duration LONGEST = Duration.ofHours(1);

  /** Opens a database, or makes ready to; that it works shows only when it is asked. */
  static Database open(DatabaseSettings settings, RandomGenerator random) {
    return settings
        .file()
        .<Database>map(file -> new SqliteDatabase(file, settings.timeout(), random))
        .orElseGet(() -> new MariaDatabase(settings, random));
  }

  Dialect dialect();

  /**
   * Reads with one statement, which needs no transaction around it, within the time that the
   * settings allow.
   */
  <T, E extends Exception> T ask(Work<T, E> work) throws E, UnavailableException;

  /** Reads in one transaction, within the time that the settings allow. */
  <T, E extends Exception> T read(Work<T, E> work) throws E, UnavailableException;

  /**
   * Reads in one transaction whatever time it takes: all rows there are, and the like. A database
   * that says nothing at all for minutes is away.
   */
  <T, E extends Exception> T browse(Work<T, E> work) throws E, UnavailableException;

  /**
   * Changes a few rows in one transaction, within the time that the settings allow, and again if
   * others were in its way. What daemons do while mail waits: a change that is stuck must not keep
   * a connection from those who only read.
   */
  <T, E extends Exception> T change(Work<T, E> work) throws E, UnavailableException;

  /**
   * The same where somebody waits for the change of his, and is told whether it was made: within
   * the time that the settings allow it is made, or never.
   *
   * @throws dovetail.directory.edit.UnsettledException if the database goes away, or takes too
   *     long, when it has been told to keep it
   */
  <T, E extends Exception> T settle(Work<T, E> work) throws E, UnavailableException;

  /** Changes in one transaction whatever time it takes, and again if others were in its way. */
  <T, E extends Exception> T write(Work<T, E> work) throws E, UnavailableException;

  @Override
  void close();
}
