package dovetail.cli;

import dovetail.directory.edit.Field;
import dovetail.directory.edit.FieldType;
import dovetail.directory.edit.Row;
import dovetail.directory.edit.TargetList;
import tools.jackson.core.JsonGenerator;

/** A row as a JSON object: flags as booleans, sizes as numbers, targets as a list. */
final class RowJson {
  private RowJson() {}

  /**
   * Writes a row.
   *
   * @param withSecrets whether secrets are written, or left out
   */
  static void write(JsonGenerator out, Row row, boolean withSecrets) {
    out.writeStartObject();
    for (Field field : row.kind().fields()) {
      if (!field.secret() || withSecrets) {
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
