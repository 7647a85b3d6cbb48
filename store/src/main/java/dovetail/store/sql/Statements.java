package dovetail.store.sql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/** Runs statements on one connection; each text is prepared once. For one thread. */
final class Statements implements AutoCloseable {
  private static final int BATCH = 500;

  private final Connection connection;
  private final Dialect dialect;
  private final Map<String, PreparedStatement> prepared = new HashMap<>();
  private final Map<String, Integer> batches = new HashMap<>();

  /** Makes something of the row on which a result stands. */
  @FunctionalInterface
  interface Reader<T> {
    T read(ResultSet row) throws SQLException;
  }

  Statements(Connection connection, Dialect dialect) {
    this.connection = connection;
    this.dialect = dialect;
  }

  Dialect dialect() {
    return dialect;
  }

  /** Runs a statement that changes rows; returns how many. */
  int update(String sql, @Nullable Object... values) throws SQLException {
    return bound(sql, values).executeUpdate();
  }

  /** Has a statement run at {@link #flush} at the latest, together with others. */
  void later(String sql, @Nullable Object... values) throws SQLException {
    PreparedStatement statement = bound(sql, values);
    statement.addBatch();
    if (batches.merge(sql, 1, Integer::sum) >= BATCH) {
      statement.executeBatch();
      batches.remove(sql);
    }
  }

  /** Runs what waits to be run. */
  void flush() throws SQLException {
    for (String sql : List.copyOf(batches.keySet())) {
      statement(sql).executeBatch();
    }
    batches.clear();
  }

  /** All rows of a result. */
  <T> List<T> all(String sql, Reader<T> reader, @Nullable Object... values) throws SQLException {
    List<T> found = new ArrayList<>();
    try (ResultSet rows = bound(sql, values).executeQuery()) {
      while (rows.next()) {
        found.add(reader.read(rows));
      }
    }
    return found;
  }

  /** Does something with a row. */
  @FunctionalInterface
  interface RowWork {
    void with(ResultSet row) throws SQLException;
  }

  /**
   * Goes through all rows of a result, few of which are in memory at a time; gives their number.
   */
  long each(String sql, RowWork work, @Nullable Object... values) throws SQLException {
    PreparedStatement statement = bound(sql, values);
    statement.setFetchSize(BATCH);
    long count = 0;
    try (ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        work.with(rows);
        count++;
      }
    }
    return count;
  }

  /** The names of a result's columns, and whether each holds whole numbers. */
  SequencedMap<String, Boolean> columns(String sql) throws SQLException {
    SequencedMap<String, Boolean> found = new LinkedHashMap<>();
    try (ResultSet rows = bound(sql).executeQuery()) {
      ResultSetMetaData columns = rows.getMetaData();
      for (int i = 1; i <= columns.getColumnCount(); i++) {
        String type = columns.getColumnTypeName(i).toUpperCase(Locale.ROOT);
        found.put(columns.getColumnLabel(i), type.contains("INT"));
      }
    }
    return found;
  }

  /** The first row of a result. */
  <T> Optional<T> first(String sql, Reader<T> reader, @Nullable Object... values)
      throws SQLException {
    try (ResultSet rows = bound(sql, values).executeQuery()) {
      return rows.next() ? Optional.of(reader.read(rows)) : Optional.empty();
    }
  }

  /** A number that the statement always gives, such as a count. */
  long number(String sql, @Nullable Object... values) throws SQLException {
    return first(sql, row -> row.getLong(1), values).orElse(0L);
  }

  /** Runs a statement as it is, unprepared: definitions, transactions and the like. */
  void execute(String sql) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private PreparedStatement statement(String sql) throws SQLException {
    PreparedStatement statement = prepared.get(sql);
    if (statement == null) {
      statement = connection.prepareStatement(sql);
      prepared.put(sql, statement);
    }
    return statement;
  }

  private PreparedStatement bound(String sql, @Nullable Object... values) throws SQLException {
    PreparedStatement statement = statement(sql);
    for (int i = 0; i < values.length; i++) {
      statement.setObject(i + 1, values[i]);
    }
    return statement;
  }

  @Override
  public void close() {
    for (PreparedStatement statement : prepared.values()) {
      try {
        statement.close();
      } catch (SQLException _) {
        // The connection is broken, and its statements with it; what was committed is.
      }
    }
  }
}
