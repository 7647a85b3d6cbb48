package dovetail.store.foreign;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Tables that are read and never changed. Names of tables and columns are in lower case. For one
 * thread, with one cursor open at a time; each method throws {@link UnreadableException} for what
 * cannot be read.
 */
public interface ForeignTables extends AutoCloseable {
  /** The names of all tables. */
  Set<String> tables();

  /** The names of a table's columns; none if the table is not there. */
  Set<String> columns(String table);

  /** How many rows a table has; 0 if it is not there. */
  long count(String table);

  /**
   * The rows of a table that is there, each read when it is asked for.
   *
   * @param columns what is wanted; columns that are not there are left out
   */
  Cursor rows(String table, List<String> columns);

  @Override
  void close();

  /** One row after the other. */
  interface Cursor extends AutoCloseable {
    /** The next row; nothing behind the last one. */
    Optional<ForeignRow> next();

    @Override
    void close();
  }
}
