package dovetail.cli;

import dovetail.directory.edit.Kind;
import dovetail.directory.edit.RefusedException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import picocli.CommandLine.Model.PositionalParamSpec;

/** {@code load}. */
final class LoadRows extends RowVerb {
  private static final String UPDATE = "--update";

  private final InputStream in;

  LoadRows(Kind kind, InputStream in) {
    super(
        kind,
        "load",
        "Adds all rows of a file, or none: the first error is named and ends it. Columns or"
            + " properties are those that \"dump\" writes; what is not named gets its usual value.");
    this.in = in;
    spec()
        .addPositional(
            PositionalParamSpec.builder()
                .index("0")
                .arity("1")
                .required(true)
                .type(String.class)
                .paramLabel("FILE")
                .description("The file; \"-\" for standard input.")
                .build());
    spec().addOption(RowFormat.option());
    spec().addOption(RowCommands.flag(UPDATE, "Set the named fields of rows that are there."));
  }

  @Override
  public Integer call() throws Exception {
    String name = spec().positionalParameters().getFirst().getValue();
    if (name.equals("-")) {
      Path copy = Files.createTempFile("dovetail", ".rows"); // with mode 0600
      try {
        Files.copy(in, copy, StandardCopyOption.REPLACE_EXISTING);
        return load("standard input", copy);
      } finally {
        Files.delete(copy);
      }
    }
    return load(name, Path.of(name));
  }

  private int load(String name, Path file) throws Exception {
    RowFile rows =
        new RowFile(kind(), file, RowFormat.of(spec()), RowCommands.given(spec(), UPDATE));
    ProgressLine progress = ProgressLine.onTerminal(spec().commandLine().getErr());
    try {
      if (!Files.isReadable(file)) {
        throw new FailureException(Exit.NO, "cannot read " + name);
      }
      long made =
          store()
              .with(store -> {
                try {
                  return store.administration().apply(rows, StoreAccess.actor(), progress::made);
                } catch (RefusedException e) {
                  throw at(name, rows, e);
                } catch (RowFile.UnreadableException e) {
                  throw at(name, rows, e);
                }
              });
      progress.end();
      out().println(made + (made == 1 ? " row" : " rows"));
      return Exit.GOOD.status();
    } catch (FailureException e) {
      progress.end();
      throw e;
    }
  }

  private static FailureException at(String name, RowFile rows, Exception cause) {
    String place = name + ", line " + rows.line() + ": ";
    return new FailureException(
        Exit.NO, place + cause.getMessage() + "; nothing was changed", cause);
  }
}
