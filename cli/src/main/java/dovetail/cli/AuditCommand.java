package dovetail.cli;

import dovetail.directory.edit.AuditEntry;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import tools.jackson.core.JsonGenerator;

/** {@code dovetail audit}. */
@Command(
    name = "audit",
    description = "Shows who has changed what.",
    subcommands = AuditCommand.ListChanges.class)
final class AuditCommand implements Runnable {
  @Spec CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "a command is missing: list");
  }

  /** {@code dovetail audit list}. */
  @Command(name = "list", description = "Lists the last changes, the newest first.")
  static final class ListChanges implements Callable<Integer> {
    @Spec CommandSpec spec;
    @Mixin ConfigOption config;

    @Option(
        names = "--count",
        paramLabel = "N",
        defaultValue = "100",
        description = "How many (default: 100).")
    int count = 100;

    @Option(names = "--json", description = "Write JSON.")
    boolean json;

    @Override
    public Integer call() throws Exception {
      List<AuditEntry> changes =
          new StoreAccess(config).with(store -> store.administration().audit(count));
      PrintWriter out = spec.commandLine().getOut();
      if (json) {
        JsonOutput.write(out, generator -> write(generator, changes));
      } else {
        changes.forEach(change -> out.println(line(change)));
      }
      return Exit.GOOD.status();
    }

    private static String line(AuditEntry change) {
      return "%s  %s  %s %s %s  %s"
          .formatted(
              change.made(),
              change.actor(),
              change.action(),
              change.kind(),
              change.object(),
              change.detail())
          .strip();
    }

    private static void write(JsonGenerator out, List<AuditEntry> changes) {
      out.writeStartArray();
      for (AuditEntry change : changes) {
        out.writeStartObject();
        out.writeStringProperty("made", change.made().toString());
        out.writeStringProperty("actor", change.actor());
        out.writeStringProperty("action", change.action());
        out.writeStringProperty("kind", change.kind());
        out.writeStringProperty("object", change.object());
        out.writeStringProperty("detail", change.detail());
        out.writeEndObject();
      }
      out.writeEndArray();
    }
  }
}
