package dovetail.store.sql;

import dovetail.store.foreign.ForeignRow;
import dovetail.store.foreign.ForeignTables;
import dovetail.store.foreign.UnreadableException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.sqlite.SQLiteConfig;

/**
 * Somebody else's database, read over one connection in one transaction that changes nothing and
 * sees nothing that others change meanwhile.
 */
public final class ForeignDatabase implements ForeignTables {
  /** Rows that are held at a time. */
  private static final int PAGE = 500;

  private final Connection connection;
  private final Map<String, Table> tables = new TreeMap<>();

  /**
   * @param name as the database spells it
   * @param columns their spellings there, by their names in lower case
   */
  private record Table(String name, Map<String, String> columns) {}

  private ForeignDatabase(Connection connection) throws SQLException {
    this.connection = connection;
    try (ResultSet found =
        connection.getMetaData().getColumns(connection.getCatalog(), null, "%", "%")) {
      while (found.next()) {
        String table = found.getString("TABLE_NAME");
        String column = found.getString("COLUMN_NAME");
        tables
            .computeIfAbsent(lower(table), _ -> new Table(table, new TreeMap<>()))
            .columns()
            .put(lower(column), column);
      }
    }
  }

  private static String lower(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  /**
   * Connects.
   *
   * @throws UnreadableException if that is not possible
   */
  public static ForeignDatabase open(DatabaseSettings settings) {
    try {
      Optional<Path> file = settings.file();
      return new ForeignDatabase(file.isPresent() ? sqlite(file.get()) : maria(settings));
    } catch (SQLException e) {
      throw new UnreadableException("the database " + place(settings) + ": " + e.getMessage(), e);
    }
  }

  /** The URL without its parameters, among which a password may be. */
  private static String place(DatabaseSettings settings) {
    return settings.url().replaceFirst("\\?.*", "");
  }

  private static Connection sqlite(Path file) throws SQLException {
    SQLiteConfig config = new SQLiteConfig();
    config.setReadOnly(true);
    Connection connection = config.createConnection(DatabaseSettings.SQLITE + file);
    connection.setAutoCommit(false);
    return connection;
  }

  private static Connection maria(DatabaseSettings settings) throws SQLException {
    Properties login = new Properties();
    settings.user().ifPresent(user -> login.setProperty("user", user));
    if (settings.passwordFile().isPresent()) {
      login.setProperty("password", MariaDatabase.password(settings.passwordFile().get()));
    }
    String url = MariaUrl.of(settings, settings.timeout().toMillis());
    Connection connection = DriverManager.getConnection(url, login);
    try (Statement statement = connection.createStatement()) {
      connection.setNetworkTimeout(Runnable::run, (int) Database.LONGEST.toMillis());
      // It is to wait for us while we hash passwords and write.
      statement.execute("SET SESSION net_write_timeout = " + Database.LONGEST.toSeconds());
      statement.execute("SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ");
      statement.execute("START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY");
    }
    return connection;
  }

  @Override
  public Set<String> tables() {
    return new TreeSet<>(tables.keySet());
  }

  @Override
  public Set<String> columns(String table) {
    return Optional.ofNullable(tables.get(table))
        .map(known -> known.columns().keySet())
        .orElse(Set.of());
  }

  @Override
  public long count(String table) {
    Table known = tables.get(table);
    if (known == null) {
      return 0;
    }
    try (Statement statement = connection.createStatement();
        ResultSet count = statement.executeQuery("SELECT COUNT(*) FROM " + quoted(known.name()))) {
      return count.next() ? count.getLong(1) : 0;
    } catch (SQLException e) {
      throw unreadable(table, e);
    }
  }

  @Override
  public Cursor rows(String table, List<String> columns) {
    Table known = tables.get(table);
    if (known == null) {
      throw new UnreadableException("the database has no table " + table);
    }
    List<String> there = columns.stream().filter(known.columns()::containsKey).toList();
    String names =
        there.stream()
            .map(column -> quoted(known.columns().getOrDefault(column, column)))
            .collect(Collectors.joining(", "));
    try {
      Statement statement = connection.createStatement();
      statement.setFetchSize(PAGE);
      return new Rows(
          table,
          there,
          statement,
          statement.executeQuery(
              "SELECT %s FROM %s ORDER BY %s"
                  .formatted(names, quoted(known.name()), names.replaceFirst(",.*", ""))));
    } catch (SQLException e) {
      throw unreadable(table, e);
    }
  }

  /** As both databases read it. */
  private static String quoted(String name) {
    return "`" + name.replace("`", "``") + "`";
  }

  private static UnreadableException unreadable(String table, SQLException cause) {
    return new UnreadableException("the table " + table + ": " + cause.getMessage(), cause);
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      throw new UnreadableException("the database: " + e.getMessage(), e);
    }
  }

  /** The rows of one table. */
  private record Rows(String table, List<String> columns, Statement statement, ResultSet found)
      implements Cursor {
    @Override
    public Optional<ForeignRow> next() {
      try {
        if (!found.next()) {
          return Optional.empty();
        }
        Map<String, String> values = new HashMap<>();
        for (int i = 0; i < columns.size(); i++) {
          String value = found.getString(i + 1);
          if (value != null) {
            values.put(columns.get(i), value);
          }
        }
        return Optional.of(new ForeignRow("", values));
      } catch (SQLException e) {
        throw unreadable(table, e);
      }
    }

    @Override
    public void close() {
      try {
        statement.close(); // and the rows with it
      } catch (SQLException e) {
        throw unreadable(table, e);
      }
    }
  }
}
