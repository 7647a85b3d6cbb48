package dovetail.cli;

import dovetail.directory.edit.Change;
import dovetail.directory.edit.Kind;

/** {@code remove}. */
final class RemoveRow extends RowVerb {
  RemoveRow(Kind kind) {
    super(kind, "remove", "Removes one.");
    RowCommands.addKeys(spec(), kind);
    if (kind == Kind.DOMAIN || kind == Kind.MAILBOX) {
      spec()
          .addOption(
              RowCommands.flag(
                  "--recursive",
                  kind == Kind.DOMAIN
                      ? "Remove all that is in it, too."
                      : "Take it out of aliases that lead to it, too."));
    }
  }

  @Override
  public Integer call() throws Exception {
    store().apply(new Change.Remove(row(named()), RowCommands.given(spec(), "--recursive")));
    return Exit.GOOD.status();
  }
}
