package dovetail.cli;

import dovetail.directory.edit.Field;
import dovetail.directory.edit.Row;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Rows as people read them. Secrets are not shown, only that they are there. */
final class RowText {
  private static final String HIDDEN = "(set)";

  private RowText() {}

  /** One line: the name, and each field that is not as usual. */
  static String line(Row row) {
    Stream<String> others =
        row.kind().others().stream()
            .filter(field -> !row.get(field.name()).equals(field.initial()))
            .map(field -> field.name() + "=" + shown(field, row));
    return Stream.concat(row.key().stream(), others).collect(Collectors.joining("  "));
  }

  /** A line for each field. */
  static List<String> lines(Row row) {
    return row.kind().fields().stream()
        .map(field -> field.name() + ": " + shown(field, row))
        .toList();
  }

  private static String shown(Field field, Row row) {
    String value = row.get(field.name()).orElse("");
    return field.secret() && !value.isEmpty() ? HIDDEN : value;
  }
}
