package dovetail.store.sql;

import static java.util.stream.Collectors.joining;

import dovetail.counter.CounterBatch;
import dovetail.counter.CounterCell;
import dovetail.counter.CounterDelta;
import dovetail.counter.CounterName;
import dovetail.counter.CounterRow;
import dovetail.counter.CounterStore;
import dovetail.counter.Origin;
import dovetail.counter.WindowKind;
import dovetail.directory.edit.AuditEntry;
import dovetail.directory.edit.UnavailableException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Counters in a table. */
final class SqlCounterStore implements CounterStore {
  private static final String KEY = "limit_name, counter_key, kind, seconds, slot";
  private static final String SELECT = "SELECT " + KEY + ", origin, value FROM counters WHERE ";
  private static final String ONE = "limit_name = ? AND counter_key = ?";

  /** No process has a batch that long of which it does not know whether it arrived. */
  private static final Duration WRITERS = Duration.ofDays(30);

  // Who changes the same rows in the same order is not in another's way for ever.
  private static final Comparator<CounterDelta> ORDER =
      Comparator.<CounterDelta, CounterName>comparing(delta -> delta.cell().name())
          .thenComparing(delta -> delta.cell().length())
          .thenComparingLong(delta -> delta.cell().slot());

  private final Database database;
  private final InstantSource clock;

  SqlCounterStore(Database database, InstantSource clock) {
    this.database = database;
    this.clock = clock;
  }

  @Override
  public boolean isShared() {
    return switch (database.dialect()) {
      case MARIADB -> true;
      case SQLITE -> false;
    };
  }

  @Override
  public List<CounterRow> exchange(CounterBatch batch) throws UnavailableException {
    return database.<List<CounterRow>, UnavailableException>change(sql -> {
      if (begin(sql, batch)) {
        for (CounterDelta delta : batch.deltas().stream().sorted(ORDER).toList()) {
          add(sql, delta);
        }
        sql.flush();
      }
      List<CounterRow> rows = new ArrayList<>();
      for (CounterName name : batch.reads()) {
        sql.each(SELECT + ONE, row -> row(row).ifPresent(rows::add), name.limit(), name.key());
      }
      return rows;
    });
  }

  private static boolean begin(Statements sql, CounterBatch batch) throws SQLException {
    String now = sql.dialect().millis();
    int known =
        sql.update(
            "UPDATE counter_writers SET batch = ?, updated = %s WHERE writer = ? AND batch < ?"
                .formatted(now),
            batch.number(),
            batch.writer(),
            batch.number());
    if (known > 0) {
      return true;
    }
    try {
      sql.update(
          "INSERT INTO counter_writers (writer, batch, updated) VALUES (?, ?, %s)".formatted(now),
          batch.writer(),
          batch.number());
      return true;
    } catch (SQLException e) {
      if (sql.dialect().isDuplicate(e)) {
        return false;
      }
      throw e;
    }
  }

  private static void add(Statements sql, CounterDelta delta) throws SQLException {
    switch (delta.cell().kind()) {
      case CALENDAR, SLIDING ->
          insert(sql, delta, "counters.value + " + sql.dialect().offered("value"), delta.amount());
      case SMOOTH ->
          insert(
              sql,
              delta,
              // least(most, greatest(least, the number unless it is absurd) + amount)
              "%s(?, %s(?, CASE WHEN counters.value > ? THEN 0 ELSE counters.value END) + ?)"
                  .formatted(sql.dialect().least(), sql.dialect().greatest()),
              Math.min(delta.most(), delta.least() + delta.amount()),
              delta.most(),
              delta.least(),
              delta.absurd(),
              delta.amount());
    }
  }

  /**
   * Puts a number in, or changes the one that is there.
   *
   * @param changed how the number changes that is there
   * @param first the number that is put in
   * @param more for the change
   */
  private static void insert(
      Statements sql, CounterDelta delta, String changed, long first, Object... more)
      throws SQLException {
    Dialect dialect = sql.dialect();
    CounterCell cell = delta.cell();
    List<Object> values = new ArrayList<>();
    values.add(cell.name().limit());
    values.add(cell.name().key());
    values.add(word(cell.kind()));
    values.add(cell.length().toSeconds());
    values.add(cell.slot());
    values.add(word(delta.origin()));
    values.add(first);
    values.add(delta.expires().getEpochSecond() + 1);
    values.addAll(List.of(more));
    sql.later(
        "INSERT INTO counters (%s, origin, value, expires, updated)".formatted(KEY)
            + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, %s)".formatted(dialect.millis())
            + dialect.instead(KEY)
            + "value = %s, expires = %s, updated = %s"
                .formatted(changed, dialect.offered("expires"), dialect.offered("updated")),
        values.toArray());
  }

  private static String word(Enum<?> one) {
    return one.name().toLowerCase(Locale.ROOT);
  }

  /** Nothing if it is of a kind that only a later release knows. */
  private static Optional<CounterRow> row(ResultSet row) throws SQLException {
    Optional<WindowKind> kind = named(WindowKind.values(), row.getString("kind"));
    Optional<Origin> origin = named(Origin.values(), row.getString("origin"));
    if (kind.isEmpty() || origin.isEmpty()) {
      return Optional.empty();
    }
    CounterCell cell =
        new CounterCell(
            new CounterName(row.getString("limit_name"), row.getString("counter_key")),
            kind.get(),
            Duration.ofSeconds(row.getLong("seconds")),
            row.getLong("slot"));
    return Optional.of(new CounterRow(cell, origin.get(), row.getLong("value")));
  }

  private static <E extends Enum<E>> Optional<E> named(E[] all, String word) {
    return Arrays.stream(all).filter(one -> word(one).equals(word)).findFirst();
  }

  @Override
  public List<CounterRow> rows(List<CounterName> names, Instant now) throws UnavailableException {
    return database.<List<CounterRow>, UnavailableException>read(sql -> {
      List<CounterRow> rows = new ArrayList<>();
      for (CounterName name : names) {
        sql.each(
            SELECT + ONE + " AND expires > ?",
            row -> row(row).ifPresent(rows::add),
            name.limit(),
            name.key(),
            now.getEpochSecond());
      }
      return rows;
    });
  }

  @Override
  public long changed(long since, Instant now, Sink sink) throws UnavailableException {
    return each("expires > ?", since, now, sink);
  }

  @Override
  public long emptied(long since, Instant now, Sink sink) throws UnavailableException {
    return each("expires > ? AND value = 0", since, now, sink);
  }

  private long each(String which, long since, Instant now, Sink sink) throws UnavailableException {
    Work<Long, UnavailableException> work =
        sql -> {
          long begin = sql.number("SELECT " + sql.dialect().millis());
          sql.each(
              SELECT + "updated >= ? AND " + which,
              row -> row(row).ifPresent(sink::take),
              since,
              now.getEpochSecond());
          return begin;
        };
    // All there is may take its time.
    return since == 0 ? database.browse(work) : database.read(work);
  }

  @Override
  public void reset(String subject, List<CounterName> names, String actor)
      throws UnavailableException {
    database.<Boolean, UnavailableException>write(sql -> {
      for (CounterName name : names) {
        // Not deleted: others would not learn of it.
        sql.later(
            "UPDATE counters SET value = 0, updated = %s WHERE ".formatted(sql.dialect().millis())
                + ONE,
            name.limit(),
            name.key());
      }
      String rules = names.stream().map(CounterName::limit).distinct().collect(joining(","));
      Trail.add(
          sql, new AuditEntry(clock.instant(), actor, "reset", "limit", subject, "rule=" + rules));
      return true;
    });
  }

  @Override
  public int forget(Instant before, int most) throws UnavailableException {
    long time = before.getEpochSecond();
    return database.<Integer, UnavailableException>change(sql -> {
      List<List<Object>> over =
          sql.all(
              SELECT + "expires < ? ORDER BY expires LIMIT " + most, row -> key(row, time), time);
      for (List<Object> key : over) {
        sql.later(
            "DELETE FROM counters WHERE limit_name = ? AND counter_key = ? AND kind = ?"
                + " AND seconds = ? AND slot = ? AND expires < ?",
            key.toArray());
      }
      sql.later(
          "DELETE FROM counter_writers WHERE updated < ?", before.minus(WRITERS).toEpochMilli());
      return over.size();
    });
  }

  /** What names a row, and a moment before which it is to expire. */
  private static List<Object> key(ResultSet row, long expires) throws SQLException {
    return List.of(
        row.getString("limit_name"),
        row.getString("counter_key"),
        row.getString("kind"),
        row.getLong("seconds"),
        row.getLong("slot"),
        expires);
  }
}
