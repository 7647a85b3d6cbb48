package dovetail.store.sql;

import dovetail.directory.edit.Field;
import dovetail.directory.edit.FieldType;
import dovetail.directory.edit.Row;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** How values of fields stand in columns: flags and sizes as numbers, nothing as NULL. */
final class Cells {
  private final SecretBox secrets;
  private final boolean opens;

  Cells(SecretBox secrets) {
    this(secrets, true);
  }

  private Cells(SecretBox secrets, boolean opens) {
    this.secrets = secrets;
    this.opens = opens;
  }

  /** The same, but secrets are read as they are sealed: they may be replaced without their key. */
  Cells leavingSealed() {
    return new Cells(secrets, false);
  }

  /** What is stored for a field of a row; NULL for an empty one. */
  @Nullable Object stored(Field field, Row row) throws SQLException {
    String value = row.get(field.name()).orElse("");
    if (value.isEmpty()) {
      return null;
    }
    return switch (field.type()) {
      case FLAG -> value.equals("yes") ? 1L : 0L;
      case SIZE, COUNT -> Long.valueOf(value);
      case END, LAST_USE -> Instant.parse(value).getEpochSecond();
      case SECRET, TOTP -> secrets.seal(value, place(field, row));
      default -> value;
    };
  }

  /** What binds a secret to where it stands: one that was moved elsewhere is not opened there. */
  private static String place(Field field, Row row) {
    return row + " " + field.name();
  }

  /** The row on which a result of {@link TableOf#select} stands. */
  Row read(TableOf table, ResultSet cells) throws SQLException {
    Map<String, String> values = new TreeMap<>();
    for (Field field : table.columns()) {
      values.put(field.name(), text(field, cells));
    }
    Row row = Row.stored(table.kind(), values);
    for (Field field : table.columns()) {
      if (field.type() == FieldType.SECRET) {
        row = row.with(field.name(), opened(field, row, row.get(field.name()).orElse("")));
      }
    }
    return row;
  }

  /** What was sealed for a field of a row; nothing of nothing. */
  String opened(Field field, Row row, String sealed) throws SQLException {
    return sealed.isEmpty() || !opens ? sealed : secrets.open(sealed, place(field, row));
  }

  private static String text(Field field, ResultSet cells) throws SQLException {
    String column = TableOf.column(field);
    if (field.type() == FieldType.FLAG) {
      return cells.getLong(column) == 0 ? "no" : "yes";
    }
    String text = cells.getString(column);
    if (text == null) {
      return "";
    }
    return switch (field.type()) {
      case END, LAST_USE -> Instant.ofEpochSecond(cells.getLong(column)).toString();
      default -> text;
    };
  }
}
