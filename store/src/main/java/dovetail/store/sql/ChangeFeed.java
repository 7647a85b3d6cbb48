package dovetail.store.sql;

import dovetail.directory.edit.UnavailableException;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Tells what has changed, by a table to which every change is appended. For one thread. */
public final class ChangeFeed {
  // Numbers are given before transactions end, so a smaller one may show later than a greater one.
  private static final int OVERLAP = 1000;

  private final Database database;
  private Optional<Long> last = Optional.empty();
  private Set<Long> seen = new HashSet<>();

  /** One change: its number, and what has changed. */
  private record Entry(long id, String subject) {}

  ChangeFeed(Database database) {
    this.database = database;
  }

  /**
   * What has changed since the last call, such as {@code mailbox joe@example.com}; {@code all} if
   * it was too much. The first call gives nothing.
   */
  public List<String> next() throws UnavailableException {
    boolean first = last.isEmpty();
    List<Entry> entries =
        database.<List<Entry>, UnavailableException>read(
            sql -> first ? newest(sql) : since(sql, last.orElse(0L) - OVERLAP));
    List<String> fresh =
        entries.stream().filter(entry -> !seen.contains(entry.id())).map(Entry::subject).toList();
    last = Optional.of(entries.stream().mapToLong(Entry::id).max().orElse(last.orElse(0L)));
    seen = new HashSet<>(entries.stream().map(Entry::id).toList());
    return first ? List.of() : fresh;
  }

  private static List<Entry> newest(Statements sql) throws SQLException {
    long most = sql.number("SELECT COALESCE(MAX(id), 0) FROM changes");
    return since(sql, most - OVERLAP);
  }

  private static List<Entry> since(Statements sql, long id) throws SQLException {
    return sql.all(
        "SELECT id, subject FROM changes WHERE id > ? ORDER BY id",
        row -> new Entry(row.getLong(1), row.getString(2)),
        id);
  }
}
