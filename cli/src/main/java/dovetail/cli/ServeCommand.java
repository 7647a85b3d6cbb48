package dovetail.cli;

import dovetail.serve.Serve;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code dovetail serve}. */
@Command(
    name = "serve",
    description = {
      "Runs all enabled services, or those that are named, enabled or not.",
      "SIGHUP reads the configuration and the keys again; if anything in them is wrong, all stays"
          + " as it was. SIGTERM lets messages under way end, then stops."
    })
final class ServeCommand implements Callable<Integer> {
  static final List<String> SERVICES = List.of("milter", "policy", "lookup", "auth", "http");

  @Spec CommandSpec spec;
  @Mixin ConfigOption config;

  @Parameters(
      paramLabel = "SERVICE",
      arity = "0..*",
      completionCandidates = Services.class,
      description = "milter, policy, lookup, auth or http; all that are enabled if none is named.")
  List<String> services = List.of();

  /** What may be typed there. */
  static final class Services implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return SERVICES.iterator();
    }
  }

  @Override
  public Integer call() {
    for (String service : services) {
      if (!SERVICES.contains(service)) {
        throw new ParameterException(
            spec.commandLine(),
            "no service is called '" + service + "': milter, policy, lookup, auth or http");
      }
    }
    return Serve.run(config.file(), new LinkedHashSet<>(services));
  }
}
