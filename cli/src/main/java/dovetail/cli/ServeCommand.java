package dovetail.cli;

import dovetail.serve.Serve;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
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
  static final Set<String> SERVICES = Set.of("milter", "policy", "lookup", "auth", "http");

  @Spec CommandSpec spec;
  @Mixin ConfigOption config;

  @Parameters(
      paramLabel = "SERVICE",
      arity = "0..*",
      description = "milter, policy, lookup, auth or http; all that are enabled if none is named.")
  List<String> services = List.of();

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
