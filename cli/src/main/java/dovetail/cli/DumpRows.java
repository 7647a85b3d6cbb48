package dovetail.cli;

import dovetail.directory.edit.Field;
import dovetail.directory.edit.Kind;
import dovetail.directory.edit.Row;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/** {@code dump}. */
final class DumpRows extends RowVerb {
  private static final String SECRETS = "--with-passwords";

  DumpRows(Kind kind) {
    super(kind, "dump", "Writes all of them, for \"load\" or other programs.");
    RowFilter.addTo(this);
    spec().addOption(RowFormat.option());
    if (kind.fields().stream().anyMatch(Field::secret)) {
      spec()
          .addOption(
              RowCommands.flag(
                  SECRETS, "Write passwords and their hashes; without, they are lost."));
    }
  }

  @Override
  public Integer call() throws Exception {
    RowFilter filter = RowFilter.of(this);
    boolean secrets = RowCommands.given(spec(), SECRETS);
    RowFormat format = RowFormat.of(spec());
    List<String> fields =
        kind().fields().stream()
            .filter(field -> !field.told() && (secrets || !field.secret()))
            .map(Field::name)
            .toList();
    try (CSVPrinter csv = new CSVPrinter(out(), CSVFormat.DEFAULT)) {
      if (format == RowFormat.CSV) {
        csv.printRecord(fields);
      }
      store()
          .with(store -> {
            store
                .administration()
                .list(
                    kind(),
                    filter.domain(),
                    row -> {
                      if (!filter.takes(row)) {
                        return;
                      }
                      switch (format) {
                        case CSV -> print(csv, fields, row);
                        case JSONL ->
                            JsonOutput.write(out(), json -> RowJson.write(json, row, fields));
                      }
                    });
            return true;
          });
      csv.flush();
      return Exit.GOOD.status();
    }
  }

  private static void print(CSVPrinter csv, List<String> fields, Row row) {
    try {
      csv.printRecord(fields.stream().map(field -> row.get(field).orElse("")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
