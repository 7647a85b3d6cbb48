package dovetail.cli;

import dovetail.directory.edit.Kind;
import dovetail.directory.edit.MalformedFieldException;
import dovetail.directory.edit.Row;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** One verb for one kind of row: its parameters, and what it does. */
abstract sealed class RowVerb implements Callable<Integer>
    permits AddRow, ListRows, ShowRow, RemoveRow, LoadRows, DumpRows {
  private final Kind kind;
  private final CommandSpec spec;
  private final ConfigOption config = new ConfigOption();

  RowVerb(Kind kind, String name, String description) {
    this.kind = kind;
    this.spec = CommandSpec.wrapWithoutInspection(this).name(name);
    RowCommands.describe(spec, description);
    spec.addMixin("config", CommandSpec.forAnnotatedObject(config));
  }

  Kind kind() {
    return kind;
  }

  CommandSpec spec() {
    return spec;
  }

  PrintWriter out() {
    return spec.commandLine().getOut();
  }

  StoreAccess store() throws Exception {
    return new StoreAccess(config);
  }

  ParameterException misused(String message) {
    return new ParameterException(spec.commandLine(), message);
  }

  /** The parameters that name a row, by their fields. */
  Map<String, String> named() {
    Map<String, String> texts = new TreeMap<>();
    List<String> values = RowCommands.keys(spec, kind);
    for (int i = 0; i < values.size(); i++) {
      texts.put(kind.keys().get(i).name(), values.get(i));
    }
    return texts;
  }

  Row row(Map<String, String> texts) {
    try {
      return Row.read(kind, texts);
    } catch (MalformedFieldException e) {
      throw misused(String.valueOf(e.getMessage()));
    }
  }
}
