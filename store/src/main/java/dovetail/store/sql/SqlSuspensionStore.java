package dovetail.store.sql;

import dovetail.counter.AccountDay;
import dovetail.counter.HeldMessage;
import dovetail.counter.Suspension;
import dovetail.counter.SuspensionStore;
import dovetail.directory.edit.AuditEntry;
import dovetail.directory.edit.UnavailableException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Suspensions in tables. */
final class SqlSuspensionStore implements SuspensionStore {
  private static final String KIND = "account";
  private static final String CHANGED = "suspension";

  private final Database database;
  private final InstantSource clock;

  SqlSuspensionStore(Database database, InstantSource clock) {
    this.database = database;
    this.clock = clock;
  }

  @Override
  public boolean add(Suspension suspension, String actor) throws UnavailableException {
    return database.<Boolean, UnavailableException>change(sql -> {
      Optional<Long> until =
          sql.first(
              "SELECT until FROM suspensions WHERE account = ?" + sql.dialect().locking(),
              row -> row.getLong(1),
              suspension.account());
      if (until.isPresent() && until.get() > suspension.since().getEpochSecond()) {
        return false;
      }
      if (until.isPresent()) {
        sql.update("DELETE FROM suspensions WHERE account = ?", suspension.account());
      }
      try {
        insert(sql, suspension);
      } catch (SQLException e) {
        if (sql.dialect().isDuplicate(e)) {
          return false; // another host was faster
        }
        throw e;
      }
      note(sql, actor, "suspend", suspension.account(), detail(suspension));
      return true;
    });
  }

  private static void insert(Statements sql, Suspension suspension) throws SQLException {
    sql.update(
        "INSERT INTO suspensions (account, since, until, cause, detail) VALUES (?, ?, ?, ?, ?)",
        suspension.account(),
        suspension.since().getEpochSecond(),
        suspension.until().getEpochSecond(),
        suspension.cause(),
        Schema.line(suspension.detail()));
  }

  private static String detail(Suspension suspension) {
    return "until=%s; cause=%s; %s"
        .formatted(suspension.until(), suspension.cause(), suspension.detail());
  }

  private void note(Statements sql, String actor, String action, String account, String detail)
      throws SQLException {
    Instant now = clock.instant();
    Trail.add(sql, new AuditEntry(now, actor, action, KIND, account, detail));
    Trail.changed(sql, now, CHANGED);
  }

  @Override
  public List<Suspension> all(Instant now) throws UnavailableException {
    return database.<List<Suspension>, UnavailableException>browse(sql ->
        sql.all(
            "SELECT account, since, until, cause, detail FROM suspensions WHERE until > ?"
                + " ORDER BY account",
            SqlSuspensionStore::suspension,
            now.getEpochSecond()));
  }

  private static Suspension suspension(ResultSet row) throws SQLException {
    return new Suspension(
        row.getString(1),
        Instant.ofEpochSecond(row.getLong(2)),
        Instant.ofEpochSecond(row.getLong(3)),
        row.getString(4),
        row.getString(5));
  }

  @Override
  public boolean lift(String account, String actor) throws UnavailableException {
    return database.<Boolean, UnavailableException>change(sql -> {
      boolean lifted = sql.update("DELETE FROM suspensions WHERE account = ?", account) > 0;
      if (lifted) {
        note(sql, actor, "resume", account, "");
      }
      return lifted;
    });
  }

  @Override
  public void held(HeldMessage message) throws UnavailableException {
    database.<Boolean, UnavailableException>change(sql -> {
      sql.update(
          "DELETE FROM held_messages WHERE host = ? AND queue_id = ?",
          message.host(),
          message.queueId());
      sql.update(
          "INSERT INTO held_messages (host, queue_id, account, made) VALUES (?, ?, ?, ?)",
          message.host(),
          message.queueId(),
          message.account(),
          message.since().getEpochSecond());
      return true;
    });
  }

  @Override
  public List<String> held(String host, String account) throws UnavailableException {
    return database.<List<String>, UnavailableException>browse(sql ->
        sql.all(
            "SELECT queue_id FROM held_messages WHERE host = ? AND account = ?"
                + " ORDER BY made, queue_id",
            row -> row.getString(1),
            host,
            account));
  }

  @Override
  public SortedMap<String, Integer> held(String host) throws UnavailableException {
    return database.<SortedMap<String, Integer>, UnavailableException>browse(sql -> {
      SortedMap<String, Integer> counts = new TreeMap<>(); // whatever the database's order
      sql.each(
          "SELECT account, COUNT(*) FROM held_messages WHERE host = ? GROUP BY account",
          row -> counts.put(row.getString(1), row.getInt(2)),
          host);
      return counts;
    });
  }

  @Override
  public void released(String host, String account, List<String> queueIds)
      throws UnavailableException {
    database.<Boolean, UnavailableException>write(sql -> {
      for (String id : queueIds) {
        // A queue id may be another account's by now.
        sql.later(
            "DELETE FROM held_messages WHERE host = ? AND queue_id = ? AND account = ?",
            host,
            id,
            account);
      }
      return true;
    });
  }

  @Override
  public void reached(List<AccountDay> days) throws UnavailableException {
    database.<Boolean, UnavailableException>change(sql -> {
      for (AccountDay day : days) {
        keep(sql, day);
      }
      return true;
    });
  }

  private static void keep(Statements sql, AccountDay day) throws SQLException {
    int known =
        sql.update(
            "UPDATE account_days SET"
                + " recipients = CASE WHEN recipients < ? THEN ? ELSE recipients END,"
                + " domains = CASE WHEN domains < ? THEN ? ELSE domains END"
                + " WHERE account = ? AND day = ?",
            (long) day.recipients(),
            (long) day.recipients(),
            (long) day.domains(),
            (long) day.domains(),
            day.account(),
            day.day());
    if (known == 0) {
      insert(sql, day);
    }
  }

  /** MariaDB counts rows that an UPDATE has found, not those that it has changed. */
  private static void insert(Statements sql, AccountDay day) throws SQLException {
    try {
      sql.update(
          "INSERT INTO account_days (account, day, recipients, domains) VALUES (?, ?, ?, ?)",
          day.account(),
          day.day(),
          (long) day.recipients(),
          (long) day.domains());
    } catch (SQLException e) {
      if (!sql.dialect().isDuplicate(e)) {
        throw e;
      }
      // Another host was faster; what is more comes with the next round.
    }
  }

  @Override
  public void history(long since, Consumer<AccountDay> sink) throws UnavailableException {
    database.<Long, UnavailableException>browse(sql ->
        sql.each(
            "SELECT account, day, recipients, domains FROM account_days WHERE day >= ?",
            row -> sink.accept(day(row)),
            since));
  }

  @Override
  public List<AccountDay> history(long since, String account) throws UnavailableException {
    return database.<List<AccountDay>, UnavailableException>browse(sql ->
        sql.all(
            "SELECT account, day, recipients, domains FROM account_days"
                + " WHERE account = ? AND day >= ? ORDER BY day",
            SqlSuspensionStore::day,
            account,
            since));
  }

  private static AccountDay day(ResultSet row) throws SQLException {
    return new AccountDay(row.getString(1), row.getLong(2), row.getInt(3), row.getInt(4));
  }

  @Override
  public void forget(long day, Instant before) throws UnavailableException {
    database.<Integer, UnavailableException>write(sql -> {
      sql.update("DELETE FROM held_messages WHERE made < ?", before.getEpochSecond());
      sql.update("DELETE FROM suspensions WHERE until < ?", before.getEpochSecond());
      return sql.update("DELETE FROM account_days WHERE day < ?", day);
    });
  }
}
