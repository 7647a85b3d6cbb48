package dovetail.store.sql;

import dovetail.directory.edit.Field;
import dovetail.directory.edit.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Where the rows of a kind are kept, and in which columns.
 *
 * @param kind what is kept
 * @param name the table
 * @param timed whether it is noted when a row was last changed
 */
record TableOf(Kind kind, String name, boolean timed) {
  private static final Map<Kind, TableOf> ALL =
      List.of(
              new TableOf(Kind.DOMAIN, "domains", true),
              new TableOf(Kind.MAILBOX, "mailboxes", true),
              new TableOf(Kind.APP_PASSWORD, "app_passwords", true),
              new TableOf(Kind.ALIAS, "aliases", true),
              new TableOf(Kind.GRANT, "grants", false),
              new TableOf(Kind.RELAY, "relay_hosts", true),
              new TableOf(Kind.ENTRY, "map_entries", true),
              new TableOf(Kind.EXCEPTION, "exceptions", true),
              new TableOf(Kind.LIMIT, "limits", true))
          .stream()
          .collect(Collectors.toUnmodifiableMap(TableOf::kind, table -> table));

  static TableOf of(Kind kind) {
    return java.util.Objects.requireNonNull(ALL.get(kind));
  }

  /** Whether each row belongs to a domain, by which it is found, too. */
  boolean inDomain() {
    return kind == Kind.MAILBOX || kind == Kind.ALIAS;
  }

  /** The fields that have a column here; others are rows of other tables. */
  List<Field> columns() {
    return kind.fields().stream().filter(this::isColumn).toList();
  }

  boolean isColumn(Field field) {
    return switch (field.type()) {
      case TARGETS, SIGNER, ARCHIVE, TOTP -> false;
      // Those of a mailbox are rows of other tables, which its table had no room for.
      case PASSWORD_HASH, NETWORKS -> kind != Kind.MAILBOX;
      default -> true;
    };
  }

  static String column(Field field) {
    // KEY is a word of SQL.
    return field.name().equals("key") ? "lookup_key" : field.name().replace('-', '_');
  }

  /** The condition that finds one row by its name. */
  String named() {
    return kind.keys().stream()
        .map(field -> column(field) + " = ?")
        .collect(Collectors.joining(" AND "));
  }

  String insert(List<String> columns) {
    return "INSERT INTO %s (%s) VALUES (%s)"
        .formatted(
            name,
            String.join(", ", columns),
            columns.stream().map(_ -> "?").collect(Collectors.joining(", ")));
  }

  String update(List<String> columns) {
    return "UPDATE %s SET %s WHERE %s"
        .formatted(
            name,
            columns.stream().map(column -> column + " = ?").collect(Collectors.joining(", ")),
            named());
  }

  String select(String condition) {
    List<String> names = new ArrayList<>();
    columns().forEach(field -> names.add(column(field)));
    String order = kind.keys().stream().map(TableOf::column).collect(Collectors.joining(", "));
    return "SELECT %s FROM %s WHERE %s ORDER BY %s"
        .formatted(String.join(", ", names), name, condition, order);
  }
}
