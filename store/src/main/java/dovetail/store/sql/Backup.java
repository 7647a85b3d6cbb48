package dovetail.store.sql;

import dovetail.directory.edit.Administration;
import dovetail.directory.edit.AuditEntry;
import dovetail.directory.edit.Kind;
import dovetail.directory.edit.RefusedException;
import dovetail.directory.edit.Row;
import dovetail.directory.edit.UnavailableException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/**
 * All that is kept, for a copy elsewhere: from one database into another of either kind. Secrets go
 * along encrypted, so the copy is worth nothing to those who have not the key file, and neither to
 * those who have lost it.
 */
public final class Backup {
  private static final long PROGRESS_STEP = 1000;

  /** Each table with the columns that order it; those that others need come first. */
  static final SequencedMap<String, String> TABLES = tables();

  private final Database database;
  private final Cells cells;
  private final SecretBox secrets;
  private final InstantSource clock;

  /** Takes rows. */
  public interface Sink {
    /** The first row is next; what came before, if anything did, was in vain. */
    void begin();

    /** The next row. */
    void row(BackupRow row);
  }

  Backup(Database database, SecretBox secrets, InstantSource clock) {
    this.database = database;
    this.cells = new Cells(secrets);
    this.secrets = secrets;
    this.clock = clock;
  }

  private static SequencedMap<String, String> tables() {
    SequencedMap<String, String> tables = new LinkedHashMap<>();
    tables.put("domains", "domain");
    tables.put("domain_signers", "domain");
    tables.put("domain_archives", "domain");
    tables.put("mailboxes", "address");
    tables.put("mailbox_usage", "address");
    tables.put("aliases", "address");
    tables.put("alias_targets", "address, position");
    tables.put("grants", "login, scope");
    tables.put("credentials", "address, label");
    tables.put("app_passwords", "address, label");
    tables.put("account_networks", "address");
    tables.put("account_totp", "address");
    tables.put("last_logins", "address, service");
    tables.put("relay_hosts", "sender");
    tables.put("map_entries", "map, lookup_key");
    tables.put("exceptions", "type, value");
    tables.put("limits", "subject, rule");
    tables.put("suspensions", "account");
    tables.put("login_blocks", "kind, subject");
    tables.put("held_messages", "host, queue_id");
    tables.put("account_days", "account, day");
    tables.put("dkim_keys", "domain, selector");
    tables.put("greylist", "mail");
    tables.put("greylist_clients", "client");
    tables.put("audit", "id");
    tables.put("ledger_batches", "batch");
    tables.put("dmarc_rows", "id");
    tables.put("dmarc_reports", "report_id");
    tables.put("dmarc_deliveries", "report_id, position");
    tables.put("dmarc_silenced", "recipient");
    tables.put("dmarc_received", "name");
    tables.put("counters", "limit_name, counter_key, kind, seconds, slot");
    tables.put("counter_writers", "writer");
    return tables;
  }

  /**
   * Hands over all rows as they are at one moment.
   *
   * @return how many they were
   */
  public long dump(Sink sink) throws UnavailableException {
    return database.<Long, UnavailableException>browse(sql -> {
      for (String statement : sql.dialect().snapshot()) {
        sql.execute(statement);
      }
      sink.begin();
      long count = 0;
      for (Map.Entry<String, String> table : TABLES.entrySet()) {
        String all = "SELECT * FROM " + table.getKey();
        SequencedMap<String, Boolean> columns = sql.columns(all + " WHERE 1 = 0");
        count +=
            sql.each(
                all + " ORDER BY " + table.getValue(),
                row -> sink.row(new BackupRow(table.getKey(), read(columns, row))));
      }
      return count;
    });
  }

  private static SequencedMap<String, Object> read(
      SequencedMap<String, Boolean> columns, ResultSet row) throws SQLException {
    SequencedMap<String, Object> values = new LinkedHashMap<>();
    for (Map.Entry<String, Boolean> column : columns.entrySet()) {
      String name = column.getKey();
      Object value = column.getValue() ? (Object) row.getLong(name) : row.getString(name);
      if (!row.wasNull()) {
        values.put(name, value);
      }
    }
    return values;
  }

  /**
   * Puts all rows into a database in which nothing is kept yet, or none.
   *
   * @param rows from {@link #dump}; may be gone through again
   * @return how many they were
   * @throws RefusedException if something is kept there, a row cannot be, or a secret was encrypted
   *     with another key; nothing has changed then
   */
  public long restore(Iterable<BackupRow> rows, String actor, Administration.Progress progress)
      throws RefusedException, UnavailableException {
    return database.<Long, RefusedException>write(sql -> {
      requireEmpty(sql);
      Map<String, Map<String, Boolean>> known = new HashMap<>();
      for (String table : TABLES.keySet()) {
        known.put(table, sql.columns("SELECT * FROM " + table + " WHERE 1 = 0"));
      }
      long made = insertAll(sql, known, rows, progress);
      requireReadable(sql);
      note(sql, actor, made);
      return made;
    });
  }

  private static long insertAll(
      Statements sql,
      Map<String, Map<String, Boolean>> known,
      Iterable<BackupRow> rows,
      Administration.Progress progress)
      throws SQLException, RefusedException {
    long made = 0;
    try {
      for (BackupRow row : rows) {
        insert(sql, known, row, made);
        made++;
        if (made % PROGRESS_STEP == 0) {
          progress.made(made);
        }
      }
      sql.flush();
    } catch (SQLException e) {
      if (sql.dialect().isUnfit(e)) {
        throw new RefusedException("this row, or one shortly before it: " + e.getMessage(), made);
      }
      throw e;
    }
    return made;
  }

  private static void requireEmpty(Statements sql) throws SQLException, RefusedException {
    for (String table : TABLES.keySet()) {
      long count = sql.number("SELECT COUNT(*) FROM " + table);
      if (count > 0) {
        throw new RefusedException(
            "the database is not empty: the table " + table + " has " + count + " rows", 0);
      }
    }
  }

  private static void insert(
      Statements sql, Map<String, Map<String, Boolean>> known, BackupRow row, long made)
      throws SQLException, RefusedException {
    Map<String, Boolean> columns = known.get(row.table());
    if (columns == null) {
      throw new RefusedException("there is no table " + row.table() + " in this release", made);
    }
    List<Object> values = new ArrayList<>();
    for (Map.Entry<String, Object> each : row.columns().entrySet()) {
      String name = each.getKey();
      Boolean isNumber = columns.get(name);
      if (isNumber == null) {
        throw new RefusedException(
            "the table " + row.table() + " has no column " + name + " in this release", made);
      }
      if (isNumber != each.getValue() instanceof Long) {
        throw new RefusedException(
            row.table() + "." + name + " cannot be " + each.getValue(), made);
      }
      values.add(each.getValue());
    }
    // The names are columns of ours, so they are safe in a statement.
    sql.later(
        "INSERT INTO %s (%s) VALUES (%s)"
            .formatted(
                row.table(),
                String.join(", ", row.columns().keySet()),
                String.join(", ", row.columns().keySet().stream().map(_ -> "?").toList())),
        values.toArray());
  }

  /** Better refused now than found out when mail is to be signed. */
  private void requireReadable(Statements sql) throws SQLException, RefusedException {
    try {
      sql.each(
          "SELECT domain, selector, private_key FROM dkim_keys",
          row ->
              secrets.open(
                  row.getString(3), SqlKeyStore.place(row.getString(1), row.getString(2))));
      sql.each(
          "SELECT address, secret FROM account_totp",
          row ->
              cells.opened(
                  RowReader.TOTP,
                  Row.stored(Kind.MAILBOX, Map.of("address", row.getString(1))),
                  row.getString(2)));
      TableOf relays = TableOf.of(Kind.RELAY);
      sql.each(relays.select("1 = 1"), row -> cells.read(relays, row));
    } catch (SQLException e) {
      if (e.getSQLState() != null || e.getErrorCode() != 0) {
        throw e; // the database's own trouble, not a secret's
      }
      throw new RefusedException(String.valueOf(e.getMessage()), 0);
    }
  }

  private void note(Statements sql, String actor, long rows) throws SQLException {
    Instant now = clock.instant();
    Trail.add(sql, new AuditEntry(now, actor, "restore", "database", "", rows + " rows"));
    Trail.changed(sql, now, "all");
  }
}
