package dovetail.directory.edit;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;

/**
 * A row, or a part of one: fields that are named have a value, an empty one if they are to be
 * empty. All values are in their stored spelling.
 */
public final class Row {
  private final Kind kind;
  private final SequencedMap<String, String> values;

  private Row(Kind kind, SequencedMap<String, String> values) {
    this.kind = kind;
    this.values = Collections.unmodifiableSequencedMap(values);
  }

  /**
   * Reads a row.
   *
   * @param texts by the names of fields; those that name the row must be there
   * @throws MalformedFieldException naming the field that is unknown, missing, malformed or not to
   *     be set
   */
  public static Row read(Kind kind, Map<String, String> texts) throws MalformedFieldException {
    SequencedMap<String, String> values = new TreeMap<>();
    for (Map.Entry<String, String> entry : texts.entrySet()) {
      Field field =
          kind.field(entry.getKey())
              .orElseThrow(() ->
                  new MalformedFieldException("no field is called " + quoted(entry.getKey())));
      if (field.told()) {
        throw new MalformedFieldException(field.name() + " is told by the services, not to them");
      }
      values.put(
          field.name(), entry.getValue().isEmpty() ? "" : canonical(field, entry.getValue()));
    }
    for (Field key : kind.keys()) {
      if (values.getOrDefault(key.name(), "").isEmpty()) {
        throw new MalformedFieldException(key.name() + " is missing");
      }
    }
    return new Row(kind, values);
  }

  private static String canonical(Field field, String text) throws MalformedFieldException {
    try {
      return field.type().canonical(text);
    } catch (MalformedFieldException e) {
      String found = field.secret() ? "" : ", found " + quoted(text);
      throw new MalformedFieldException(field.name() + ": " + e.getMessage() + found);
    }
  }

  private static String quoted(String text) {
    int shown = Math.min(text.length(), FieldType.MAX_TEXT);
    return '"' + text.substring(0, shown).replaceAll("\\p{C}", "?") + '"';
  }

  /** A row as the store has it, in stored spelling. */
  public static Row stored(Kind kind, Map<String, String> values) {
    return new Row(kind, new TreeMap<>(values));
  }

  /** What it is a row of. */
  public Kind kind() {
    return kind;
  }

  /** A value; nothing if the field is not named or is empty. */
  public Optional<String> get(String field) {
    return Optional.ofNullable(values.get(field)).filter(value -> !value.isEmpty());
  }

  /** Whether the field is named at all. */
  public boolean names(String field) {
    return values.containsKey(field);
  }

  /** The values of the fields that name the row. */
  public List<String> key() {
    return kind.keys().stream().map(field -> values.getOrDefault(field.name(), "")).toList();
  }

  /** The fields that are named, with their values. */
  public SequencedMap<String, String> values() {
    return values;
  }

  /** This row with the initial value in each field that is not named, or is empty. */
  public Row completed() {
    SequencedMap<String, String> all = new TreeMap<>(values);
    for (Field field : kind.others()) {
      all.put(field.name(), get(field.name()).or(field::initial).orElse(""));
    }
    return new Row(kind, all);
  }

  /** This row with that value in one more field. */
  public Row with(String field, String value) {
    SequencedMap<String, String> all = new TreeMap<>(values);
    all.put(field, value);
    return new Row(kind, all);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Row row && kind == row.kind && values.equals(row.values);
  }

  @Override
  public int hashCode() {
    return values.hashCode();
  }

  /** Its name; values may be secret. */
  @Override
  public String toString() {
    return kind.word() + " " + String.join(" ", key());
  }
}
