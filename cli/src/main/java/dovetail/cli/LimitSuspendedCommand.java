package dovetail.cli;

import dovetail.counter.Suspension;
import dovetail.counter.SuspensionStore;
import dovetail.directory.edit.UnavailableException;
import dovetail.observe.LogText;
import dovetail.serve.Configuration;
import java.io.PrintWriter;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
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
            + " why, and how many of their messages wait in the hold queue of this host; and those"
            + " whose suspension is over while messages still wait, until limit release.")
final class LimitSuspendedCommand implements Callable<Integer> {
  @Spec CommandSpec spec;
  @Mixin ConfigOption config;

  @Option(names = "--json", description = "Write JSON.")
  boolean json;

  /**
   * An account.
   *
   * @param suspension none if it is over
   * @param held how many of its messages wait
   */
  private record Stopped(String account, Optional<Suspension> suspension, int held) {
    String line() {
      StringBuilder line = new StringBuilder();
      LogText.append(line, account); // a stranger may have chosen it
      if (suspension.isEmpty()) {
        return line.append("  not suspended any more  ").append(held).append(" held").toString();
      }
      Suspension one = suspension.get();
      line.append("  since ")
          .append(one.since())
          .append("  until ")
          .append(one.until())
          .append("  ")
          .append(one.cause())
          .append("  ")
          .append(held)
          .append(" held  ");
      LogText.append(line, one.detail());
      return line.toString();
    }

    void write(JsonGenerator out) {
      out.writeStartObject();
      out.writeStringProperty("account", account);
      out.writeBooleanProperty("suspended", suspension.isPresent());
      suspension.ifPresent(one -> {
        out.writeStringProperty("since", one.since().toString());
        out.writeStringProperty("until", one.until().toString());
        out.writeStringProperty("cause", one.cause());
        out.writeStringProperty("detail", one.detail());
      });
      out.writeNumberProperty("held", held);
      out.writeEndObject();
    }
  }

  @Override
  public Integer call() throws Exception {
    Configuration configuration = config.loadWithoutKeys();
    String host = configuration.milter().filter().verifying().authservId();
    List<Stopped> all =
        new StoreAccess(configuration).with(store -> stopped(store.suspensions(), host));
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      JsonOutput.write(out, generator -> write(generator, all));
    } else {
      all.forEach(one -> out.println(one.line()));
    }
    return Exit.GOOD.status();
  }

  private static List<Stopped> stopped(SuspensionStore store, String host)
      throws UnavailableException {
    SortedMap<String, Optional<Suspension>> all = new TreeMap<>(); // whatever the database's order
    Map<String, Integer> held = store.held(host);
    held.keySet().forEach(account -> all.put(account, Optional.empty()));
    store
        .all(InstantSource.system().instant())
        .forEach(one -> all.put(one.account(), Optional.of(one)));
    return all.entrySet().stream()
        .map(each ->
            new Stopped(each.getKey(), each.getValue(), held.getOrDefault(each.getKey(), 0)))
        .toList();
  }

  private static void write(JsonGenerator out, List<Stopped> all) {
    out.writeStartArray();
    all.forEach(one -> one.write(out));
    out.writeEndArray();
  }
}
