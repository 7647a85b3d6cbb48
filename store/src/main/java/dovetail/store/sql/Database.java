package dovetail.store.sql;

import dovetail.directory.edit.UnavailableException;
import java.util.random.RandomGenerator;

/** A database. For any thread. */
sealed interface Database extends AutoCloseable permits MariaDatabase, SqliteDatabase {
  /** Opens a database, or makes ready to; that it works shows only when it is asked. */
  static Database open(DatabaseSettings settings, RandomGenerator random) {
    return settings
        .file()
        .<Database>map(file -> new SqliteDatabase(file, settings.timeout(), random))
        .orElseGet(() -> new MariaDatabase(settings, random));
  }

  Dialect dialect();

  /** Reads in one transaction. */
  <T, E extends Exception> T read(Work<T, E> work) throws E, UnavailableException;

  /** Changes in one transaction, which is tried again if others were in its way. */
  <T, E extends Exception> T write(Work<T, E> work) throws E, UnavailableException;

  @Override
  void close();
}
