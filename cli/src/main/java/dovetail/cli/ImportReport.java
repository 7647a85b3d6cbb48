package dovetail.cli;

import dovetail.directory.edit.Attempt;
import dovetail.store.postfixadmin.Note;
import dovetail.store.postfixadmin.Survey;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.core.JsonGenerator;

/**
 * What an import has done.
 *
 * @param found what was in the database
 * @param attempt what came of it
 * @param kept whether it was written
 */
record ImportReport(Survey found, Attempt attempt, boolean kept) {
  /** How many refused rows are shown to people. */
  private static final int SHOWN = 20;

  /** How many rows of a note are shown to people. */
  private static final int EXAMPLES = 5;

  private List<String> refused() {
    return Stream.concat(
            found.problems().stream().map(Object::toString),
            attempt.refused().stream().map(Object::toString))
        .toList();
  }

  void write(PrintWriter out) {
    String counts =
        found.taken().entrySet().stream()
            .map(entry -> entry.getValue() + " " + entry.getKey().words())
            .collect(Collectors.joining(", "));
    out.println("found: " + (counts.isEmpty() ? "nothing" : counts));
    found.notes().forEach((note, rows) -> out.println(line(note, rows)));
    found
        .tables()
        .forEach((table, rows) -> out.println("not taken: the table " + table + ", rows: " + rows));
    List<String> refused = refused();
    refused.stream().limit(SHOWN).forEach(line -> out.println("refused: " + line));
    if (refused.size() > SHOWN) {
      out.println("refused: and " + (refused.size() - SHOWN) + " more (all with --json)");
    }
    out.println(
        kept
            ? "written: " + attempt.made() + " rows"
            : "nothing was written; it would be " + attempt.made() + " rows");
  }

  private static String line(Note note, List<String> rows) {
    String examples = rows.stream().limit(EXAMPLES).collect(Collectors.joining(", "));
    return "note: %s (%d): %s%s"
        .formatted(note.words(), rows.size(), examples, rows.size() > EXAMPLES ? ", ..." : "");
  }

  void writeJson(PrintWriter out) {
    JsonOutput.write(
        out,
        json -> {
          json.writeStartObject();
          json.writeBooleanProperty("written", kept);
          json.writeNumberProperty("rows", attempt.made());
          json.writeObjectPropertyStart("found");
          found.taken().forEach((what, count) -> json.writeNumberProperty(word(what), count));
          json.writeEndObject();
          json.writeArrayPropertyStart("notes");
          found.notes().forEach((note, rows) -> writeNote(json, note, rows));
          json.writeEndArray();
          json.writeObjectPropertyStart("tables_not_taken");
          for (Map.Entry<String, Long> table : found.tables().entrySet()) {
            json.writeNumberProperty(table.getKey(), table.getValue());
          }
          json.writeEndObject();
          JsonOutput.strings(json, "refused", refused());
          json.writeEndObject();
        });
  }

  private static void writeNote(JsonGenerator json, Note note, List<String> rows) {
    json.writeStartObject();
    json.writeStringProperty("note", word(note));
    json.writeStringProperty("about", note.words());
    json.writeNumberProperty("count", rows.size());
    JsonOutput.strings(json, "rows", rows);
    json.writeEndObject();
  }

  private static String word(Enum<?> name) {
    return name.name().toLowerCase(Locale.ROOT);
  }
}
