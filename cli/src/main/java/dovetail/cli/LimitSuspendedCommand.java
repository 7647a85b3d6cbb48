package dovetail.cli;

import dovetail.counter.Suspension;
import dovetail.observe.LogText;
import dovetail.serve.Configuration;
import java.io.PrintWriter;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.core.JsonGenerator;

/** {@code dovetail limit suspended}. */
@Command(
    name = "suspended",
    description =
        "Lists the accounts that may not send at the moment, in their order: since and until when,"
            + " why, and how many of their messages wait in the hold queue of this host.")
final class LimitSuspendedCommand implements Callable<Integer> {
  @Spec CommandSpec spec;
  @Mixin ConfigOption config;

  @Option(names = "--json", description = "Write JSON.")
  boolean json;

  /**
   * An account.
   *
   * @param held how many of its messages wait
   */
  private record Stopped(Suspension suspension, int held) {
    String line() {
      StringBuilder line = new StringBuilder();
      LogText.append(line, suspension.account()); // a stranger may have chosen it
      line.append("  since ")
          .append(suspension.since())
          .append("  until ")
          .append(suspension.until())
          .append("  ")
          .append(suspension.cause())
          .append("  ")
          .append(held)
          .append(" held  ");
      LogText.append(line, suspension.detail());
      return line.toString();
    }
  }

  @Override
  public Integer call() throws Exception {
    Configuration configuration = config.loadWithoutKeys();
    String host = configuration.milter().filter().verifying().authservId();
    List<Stopped> all =
        new StoreAccess(configuration)
            .with(store -> {
              List<Suspension> rows =
                  new ArrayList<>(store.suspensions().all(InstantSource.system().instant()));
              rows.sort(Comparator.comparing(Suspension::account)); // whatever the database's order
              List<Stopped> stopped = new ArrayList<>();
              for (Suspension row : rows) {
                stopped.add(new Stopped(row, store.suspensions().held(host, row.account()).size()));
              }
              return stopped;
            });
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      JsonOutput.write(out, generator -> write(generator, all));
    } else {
      all.forEach(one -> out.println(one.line()));
    }
    return Exit.GOOD.status();
  }

  private static void write(JsonGenerator out, List<Stopped> all) {
    out.writeStartArray();
    for (Stopped one : all) {
      out.writeStartObject();
      out.writeStringProperty("account", one.suspension().account());
      out.writeStringProperty("since", one.suspension().since().toString());
      out.writeStringProperty("until", one.suspension().until().toString());
      out.writeStringProperty("cause", one.suspension().cause());
      out.writeStringProperty("detail", one.suspension().detail());
      out.writeNumberProperty("held", one.held());
      out.writeEndObject();
    }
    out.writeEndArray();
  }
}
