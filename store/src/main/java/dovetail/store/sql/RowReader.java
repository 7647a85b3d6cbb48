package dovetail.store.sql;

import dovetail.directory.edit.Field;
import dovetail.directory.edit.Kind;
import dovetail.directory.edit.Row;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Reads whole rows, with what of them stands in other tables. */
final class RowReader {
  private static final int PAGE = 1000;

  /** The label of the password of a mailbox, beside which others may come. */
  static final String PASSWORD = "password";

  /** The field that is sealed in a table of its own. */
  static final Field TOTP = Kind.MAILBOX.field("totp").orElseThrow();

  private final Statements sql;
  private final Cells cells;

  RowReader(Statements sql, Cells cells) {
    this.sql = sql;
    this.cells = cells;
  }

  Optional<Row> find(Kind kind, List<String> key) throws SQLException {
    TableOf table = TableOf.of(kind);
    Optional<Row> found =
        sql.first(table.select(table.named()), row -> cells.read(table, row), key.toArray());
    return found.isEmpty() ? found : Optional.of(completed(found.get()));
  }

  /** Page by page, so that no result is longer than the heap is large. */
  void list(Kind kind, Optional<String> domain, Consumer<Row> rows) throws SQLException {
    TableOf table = TableOf.of(kind);
    String first = TableOf.column(kind.keys().getFirst());
    String last = TableOf.column(kind.keys().getLast());
    boolean pair = kind.keys().size() > 1;
    String after =
        pair ? "(" + first + " > ? OR (" + first + " = ? AND " + last + " > ?))" : first + " > ?";
    String select =
        table.select(domain.isPresent() && isColumn(kind) ? after + " AND domain = ?" : after)
            + " LIMIT "
            + PAGE;
    List<String> key = kind.keys().stream().map(_ -> "").toList();
    while (true) {
      List<Object> values = new ArrayList<>();
      values.add(key.getFirst());
      if (pair) {
        values.add(key.getFirst());
        values.add(key.getLast());
      }
      if (isColumn(kind)) {
        domain.ifPresent(values::add);
      }
      List<Row> page = sql.all(select, row -> cells.read(table, row), values.toArray());
      for (Row row : page) {
        if (domain.isEmpty() || isColumn(kind) || isOf(row, domain.get())) {
          rows.accept(completed(row));
        }
      }
      if (page.size() < PAGE) {
        return;
      }
      key = page.getLast().key();
    }
  }

  private static boolean isOf(Row row, String domain) {
    String name = row.kind() == Kind.LIMIT ? row.key().getFirst() : row.key().getLast();
    return switch (row.kind()) {
      case EXCEPTION -> name.equals(domain) || name.endsWith("." + domain);
      case LIMIT -> name.equals(domain) || name.endsWith("@" + domain);
      case APP_PASSWORD -> row.key().getFirst().endsWith("@" + domain);
      case DOMAIN, MAILBOX, ALIAS, GRANT, RELAY, ENTRY -> name.endsWith("@" + domain);
    };
  }

  private static boolean isColumn(Kind kind) {
    return kind == Kind.DOMAIN || kind == Kind.MAILBOX || kind == Kind.ALIAS;
  }

  private Row completed(Row row) throws SQLException {
    String name = row.key().getFirst();
    return switch (row.kind()) {
      case MAILBOX -> withParts(row);
      case ALIAS -> row.with("targets", targets(name));
      case DOMAIN -> row.with("signed-by", signer(name)).with("archive", archive(name));
      case APP_PASSWORD, GRANT, RELAY, ENTRY, EXCEPTION, LIMIT -> row;
    };
  }

  private String signer(String domain) throws SQLException {
    return sql.first(
            "SELECT signer FROM domain_signers WHERE domain = ?", row -> row.getString(1), domain)
        .orElse("");
  }

  private String archive(String domain) throws SQLException {
    return sql.first(
            "SELECT address FROM domain_archives WHERE domain = ?", row -> row.getString(1), domain)
        .orElse("");
  }

  /** In one statement, since there may be many mailboxes. */
  private Row withParts(Row mailbox) throws SQLException {
    return sql.first(
            "SELECT c.secret, n.networks, t.secret FROM mailboxes m"
                + " LEFT JOIN credentials c ON c.address = m.address AND c.label = ?"
                + " LEFT JOIN account_networks n ON n.address = m.address"
                + " LEFT JOIN account_totp t ON t.address = m.address WHERE m.address = ?",
            parts ->
                mailbox
                    .with("password", text(parts, 1))
                    .with("networks", text(parts, 2))
                    .with("totp", cells.opened(TOTP, mailbox, text(parts, 3))),
            PASSWORD,
            mailbox.key().getFirst())
        .orElse(mailbox);
  }

  private static String text(ResultSet parts, int column) throws SQLException {
    String text = parts.getString(column);
    return text == null ? "" : text;
  }

  private String targets(String address) throws SQLException {
    return sql
        .all(
            "SELECT target FROM alias_targets WHERE address = ? ORDER BY position",
            row -> row.getString(1),
            address)
        .stream()
        .collect(Collectors.joining(", "));
  }
}
