package dovetail.store.foreign;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A row of a table.
 *
 * @param place where it stands, such as a line; may be empty
 * @param values by the names of columns; what is NULL is not there
 */
public record ForeignRow(String place, Map<String, String> values) {
  public ForeignRow {
    values = Map.copyOf(values);
  }

  /** A value without blanks around it; nothing for NULL and for an empty one. */
  public Optional<String> text(String column) {
    return Optional.ofNullable(values.get(column))
        .map(String::strip)
        .filter(text -> !text.isEmpty());
  }

  /** A value exactly as it is; nothing for NULL. */
  public Optional<String> exact(String column) {
    return Optional.ofNullable(values.get(column));
  }

  /**
   * A yes or no.
   *
   * @param otherwise what NULL and a column that is not there stand for
   */
  public boolean flag(String column, boolean otherwise) {
    return text(column)
        .map(text ->
            switch (text.toLowerCase(Locale.ROOT)) {
              case "1", "true", "t", "yes", "\1" -> true;
              case "0", "false", "f", "no" -> false;
              default -> otherwise;
            })
        .orElse(otherwise);
  }

  /** A whole number; nothing for NULL and for what is none. */
  public OptionalLong number(String column) {
    try {
      return text(column)
          .map(text -> OptionalLong.of(Long.parseLong(text)))
          .orElse(OptionalLong.empty());
    } catch (NumberFormatException _) {
      return OptionalLong.empty();
    }
  }
}
