package dovetail.cli;

import dovetail.directory.edit.Field;
import dovetail.directory.edit.FieldType;
import dovetail.directory.edit.Row;
import dovetail.directory.edit.TargetList;
import java.util.List;
import tools.jackson.core.JsonGenerator;

/** A row as a JSON object: flags as booleans, sizes as numbers, targets as a list. */
final class RowJson {
  private RowJson() {}

  /** Writes a row without its secrets. */
  static void write(JsonGenerator out, Row row) {
    List<String> shown =
        row.kind().fields().stream().filter(field -> !field.secret()).map(Field::name).toList();
    write(out, row, shown);
  }

  /** Writes those fields of a row. */
  static void write(JsonGenerator out, Row row, List<String> fields) {
    out.writeStartObject();
    for (Field field : row.kind().fields()) {
      if (fields.contains(field.name())) {
        out.writeName(field.name());
        write(out, field.type(), row.get(field.name()).orElse(""));
      }
    }
    out.writeEndObject();
  }

  private static void write(JsonGenerator out, FieldType type, String value) {
    if (value.isEmpty()) {
      out.writeNull();
    } else if (type == FieldType.FLAG) {
      out.writeBoolean(value.equals("yes"));
    } else if (type.isNumber()) {
      out.writeNumber(Long.parseLong(value));
    } else if (type == FieldType.TARGETS) {
      out.writeStartArray();
      TargetList.split(value).forEach(out::writeString);
      out.writeEndArray();
    } else {
      out.writeString(value);
    }
  }
}
