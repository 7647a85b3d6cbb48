package dovetail.cli;

import dovetail.directory.edit.Kind;
import dovetail.directory.edit.Row;
import dovetail.mail.Domain;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.PositionalParamSpec;

/** {@code list}. */
final class ListRows extends RowVerb {
  ListRows(Kind kind) {
    super(kind, "list", "Lists them, a line each, with what differs from the usual.");
    addDomain(this);
    spec().addOption(RowCommands.flag("--json", "Write JSON."));
  }

  /** The parameter that narrows a list. */
  static void addDomain(RowVerb verb) {
    verb.spec()
        .addPositional(
            PositionalParamSpec.builder()
                .index("0")
                .arity("0..1")
                .type(String.class)
                .paramLabel("DOMAIN")
                .description("Only those of this domain.")
                .build());
  }

  static Optional<String> domain(RowVerb verb) {
    String text = verb.spec().positionalParameters().getLast().getValue();
    return text == null
        ? Optional.empty()
        : Optional.of(Domains.read(verb.spec(), text)).map(Domain::ascii);
  }

  @Override
  public Integer call() throws Exception {
    Optional<String> domain = domain(this);
    boolean json = RowCommands.given(spec(), "--json");
    List<Row> rows = new ArrayList<>();
    store()
        .with(store -> {
          store.administration().list(kind(), domain, json ? rows::add : this::print);
          return true;
        });
    if (json) {
      JsonOutput.write(
          out(),
          generator -> {
            generator.writeStartArray();
            rows.forEach(row -> RowJson.write(generator, row, false));
            generator.writeEndArray();
          });
    }
    return Exit.GOOD.status();
  }

  private void print(Row row) {
    out().println(RowText.line(row));
  }
}
