package dovetail.cli;

import dovetail.directory.edit.Kind;
import dovetail.directory.edit.Row;
import java.util.Optional;

/** {@code show}. */
final class ShowRow extends RowVerb {
  ShowRow(Kind kind) {
    super(kind, "show", "Shows one, with all fields.");
    RowCommands.addKeys(spec(), kind);
    spec().addOption(RowCommands.flag("--json", "Write JSON."));
  }

  @Override
  public Integer call() throws Exception {
    Row wanted = row(named());
    Optional<Row> found = store().with(store -> store.administration().find(kind(), wanted.key()));
    if (found.isEmpty()) {
      throw new FailureException(Exit.NO, "there is no " + wanted);
    }
    if (RowCommands.given(spec(), "--json")) {
      JsonOutput.write(out(), generator -> RowJson.write(generator, found.get()));
    } else {
      RowText.lines(found.get()).forEach(out()::println);
    }
    return Exit.GOOD.status();
  }
}
