package dovetail.store.sql;

import dovetail.directory.edit.AuditEntry;
import dovetail.directory.edit.Change;
import dovetail.directory.edit.Field;
import dovetail.directory.edit.Kind;
import dovetail.directory.edit.Row;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Makes changes in one transaction, as far as the rules between rows allow them. */
final class Editor {
  private final Statements sql;
  private final Cells cells;
  private final RowReader reader;
  private final RowRules rules;
  private final RowParts parts;
  private final Subjects subjects = new Subjects();
  private final String actor;
  private final long now;

  /** Why a change cannot be made, for the administrator. */
  static final class Refusal extends Exception {
    private static final long serialVersionUID = 1;

    Refusal(String message) {
      super(message);
    }
  }

  /**
   * @param now in seconds since 1970
   */
  Editor(Statements sql, Cells cells, String actor, long now) {
    this.sql = sql;
    this.cells = cells;
    this.reader = new RowReader(sql, cells.leavingSealed());
    this.rules = new RowRules(sql);
    this.parts = new RowParts(sql, cells, now);
    this.actor = actor;
    this.now = now;
  }

  void make(Change change) throws SQLException, Refusal {
    switch (change) {
      case Change.Add(Row row) -> add(row);
      case Change.Set(Row row) -> set(row);
      case Change.Put(Row row) -> {
        if (reader.find(row.kind(), row.key()).isPresent()) {
          set(row);
        } else {
          add(row);
        }
      }
      case Change.Remove(Row row, boolean recursive) -> remove(row, recursive);
    }
  }

  private void add(Row named) throws SQLException, Refusal {
    Row row = named.completed();
    rules.check(row);
    TableOf table = TableOf.of(row.kind());
    List<String> columns = new ArrayList<>();
    List<@Nullable Object> values = new ArrayList<>();
    for (Field field : table.columns()) {
      columns.add(TableOf.column(field));
      values.add(cells.stored(field, row));
    }
    if (table.inDomain()) {
      columns.add("domain");
      values.add(RowRules.domainOf(row.key().getFirst()));
    }
    columns.add("created");
    values.add(now);
    if (table.timed()) {
      columns.add("modified");
      values.add(now);
    }
    try {
      sql.update(table.insert(columns), values.toArray());
    } catch (SQLException e) {
      if (sql.dialect().isDuplicate(e)) {
        throw new Refusal("it exists already");
      }
      throw e;
    }
    parts.write(row);
    rules.checkAfter(row);
    note("add", named);
  }

  private void set(Row named) throws SQLException, Refusal {
    Row before =
        reader
            .find(named.kind(), named.key())
            .orElseThrow(() -> new Refusal("there is no such " + named.kind().word()));
    Row after = before;
    for (Field field : named.kind().others()) {
      if (named.names(field.name())) {
        String value = named.get(field.name()).or(field::initial).orElse("");
        after = after.with(field.name(), value);
      }
    }
    rules.check(after);
    TableOf table = TableOf.of(named.kind());
    List<String> columns = new ArrayList<>();
    List<@Nullable Object> values = new ArrayList<>();
    for (Field field : named.kind().others()) {
      if (named.names(field.name()) && table.isColumn(field)) {
        columns.add(TableOf.column(field));
        values.add(cells.stored(field, after));
      }
    }
    if (table.timed()) {
      columns.add("modified");
      values.add(now);
    }
    if (!columns.isEmpty()) {
      values.addAll(named.key());
      sql.update(table.update(columns), values.toArray());
    }
    parts.write(named);
    rules.checkAfter(after);
    note("set", named);
  }

  private void remove(Row row, boolean recursive) throws SQLException, Refusal {
    TableOf table = TableOf.of(row.kind());
    if (reader.find(row.kind(), row.key()).isEmpty()) {
      throw new Refusal("there is no such " + row.kind().word());
    }
    switch (row.kind()) {
      case DOMAIN -> removeDomain(row.key().getFirst(), recursive);
      case MAILBOX -> removeMailbox(row.key().getFirst(), recursive);
      case ALIAS -> sql.update("DELETE FROM alias_targets WHERE address = ?", row.key().getFirst());
      case APP_PASSWORD, GRANT, RELAY, ENTRY, EXCEPTION, LIMIT -> {}
    }
    sql.update("DELETE FROM " + table.name() + " WHERE " + table.named(), row.key().toArray());
    note("remove", row);
  }

  private void removeDomain(String domain, boolean recursive) throws SQLException, Refusal {
    for (Kind kind : List.of(Kind.MAILBOX, Kind.ALIAS)) {
      List<Row> inside = new ArrayList<>();
      reader.list(kind, Optional.of(domain), inside::add);
      refuseUnless(recursive, inside, kind.word());
      for (Row row : inside) {
        remove(row, true);
      }
    }
    List<Row> others =
        sql
            .all("SELECT domain FROM domains WHERE alias_of = ?", row -> row.getString(1), domain)
            .stream()
            .map(name -> Row.stored(Kind.DOMAIN, Map.of("domain", name)))
            .toList();
    refuseUnless(recursive, others, "other name");
    for (Row other : others) {
      remove(other, true);
    }
    if (!recursive && sql.number("SELECT COUNT(*) FROM dkim_keys WHERE domain = ?", domain) > 0) {
      throw new Refusal("it has DKIM keys; remove them first, or all of it with --recursive");
    }
    sql.update("DELETE FROM dkim_keys WHERE domain = ?", domain);
    sql.update("DELETE FROM domain_signers WHERE domain = ?", domain);
    sql.update("DELETE FROM domain_archives WHERE domain = ?", domain);
    rules.forget(domain);
    sql.update("DELETE FROM grants WHERE scope = ?", "@" + domain);
    sql.update("DELETE FROM relay_hosts WHERE sender = ?", "@" + domain);
  }

  private static void refuseUnless(boolean recursive, List<Row> inside, String what)
      throws Refusal {
    if (!recursive && !inside.isEmpty()) {
      throw new Refusal(
          "it is not empty (%s: %d); remove that first, or all of it with --recursive"
              .formatted(what, inside.size()));
    }
  }

  private void removeMailbox(String address, boolean recursive) throws SQLException, Refusal {
    List<String> leading =
        sql.all(
            "SELECT address FROM alias_targets WHERE target = ? AND address <> ?",
            row -> row.getString(1),
            address,
            address);
    if (!recursive && !leading.isEmpty()) {
      throw new Refusal(
          "it is a target of "
              + leading.stream().limit(3).collect(Collectors.joining(", "))
              + (leading.size() > 3 ? " and others" : "")
              + ": their mail would bounce; take it out there first, or use --recursive");
    }
    sql.update("DELETE FROM alias_targets WHERE target = ?", address);
    for (String alias : leading) {
      subjects.add(Kind.ALIAS, alias);
      if (sql.number("SELECT COUNT(*) FROM alias_targets WHERE address = ?", alias) == 0) {
        sql.update("DELETE FROM aliases WHERE address = ?", alias);
      }
    }
    parts.removeMailbox(address);
    sql.update("DELETE FROM grants WHERE login = ? OR scope = ?", address, address);
    sql.update("DELETE FROM limits WHERE subject = ?", address);
    subjects.add(Kind.GRANT, address);
    subjects.add(Kind.LIMIT, address);
  }

  private void note(String action, Row row) throws SQLException {
    subjects.add(row);
    String detail =
        row.kind().others().stream()
            .filter(field -> row.names(field.name()))
            .map(field -> field.name() + "=" + shown(field, row))
            .collect(Collectors.joining("; "));
    Trail.add(
        sql,
        new AuditEntry(
            Instant.ofEpochSecond(now),
            actor,
            action,
            row.kind().word(),
            String.join(" ", row.key()),
            detail));
  }

  private static String shown(Field field, Row row) {
    boolean hidden = field.secret() && row.get(field.name()).isPresent();
    return hidden ? "(changed)" : row.get(field.name()).orElse("");
  }

  /** Tells the caches; to be called once, when all changes are made. */
  void finish() throws SQLException {
    subjects.write(sql, now);
  }
}
