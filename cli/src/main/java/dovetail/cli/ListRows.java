package dovetail.cli;

import dovetail.directory.edit.Kind;
import dovetail.directory.edit.Row;
import java.util.ArrayList;
import java.util.List;

/** {@code list}. */
final class ListRows extends RowVerb {
  ListRows(Kind kind) {
    super(kind, "list", "Lists them, a line each, with what differs from the usual.");
    RowFilter.addTo(this);
    spec().addOption(RowCommands.flag("--json", "Write JSON."));
  }

  @Override
  public Integer call() throws Exception {
    RowFilter filter = RowFilter.of(this);
    boolean json = RowCommands.given(spec(), "--json");
    List<Row> rows = new ArrayList<>();
    store()
        .with(store -> {
          store
              .administration()
              .list(
                  kind(),
                  filter.domain(),
                  row -> {
                    if (filter.takes(row)) {
                      if (json) {
                        rows.add(row);
                      } else {
                        print(row);
                      }
                    }
                  });
          return true;
        });
    if (json) {
      JsonOutput.write(
          out(),
          generator -> {
            generator.writeStartArray();
            rows.forEach(row -> RowJson.write(generator, row));
            generator.writeEndArray();
          });
    }
    return Exit.GOOD.status();
  }

  private void print(Row row) {
    out().println(RowText.line(row));
  }
}
