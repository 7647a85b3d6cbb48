package dovetail.cli;

import dovetail.serve.Configuration;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.core.JsonGenerator;

/** {@code dovetail check-config}. */
@Command(
    name = "check-config",
    description = "Reads the configuration and the keys as serve does, and says what is wrong.")
final class CheckConfigCommand implements Callable<Integer> {
  @Spec CommandSpec spec;
  @Mixin ConfigOption config;

  @Option(names = "--json", description = "Write JSON.")
  boolean json;

  @Override
  public Integer call() {
    try {
      report(List.of(), config.load().keys().warnings());
      return Exit.GOOD.status();
    } catch (Configuration.UnusableException e) {
      report(e.problems(), List.of());
      return Exit.CONFIGURATION.status();
    }
  }

  private void report(List<String> problems, List<String> warnings) {
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      JsonOutput.write(out, generator -> write(generator, problems, warnings));
      return;
    }
    PrintWriter err = spec.commandLine().getErr();
    problems.forEach(problem -> err.println("dovetail: " + problem));
    warnings.forEach(warning -> err.println("dovetail: warning: " + warning));
    if (problems.isEmpty()) {
      out.println("the configuration is good");
    }
  }

  private static void write(JsonGenerator out, List<String> problems, List<String> warnings) {
    out.writeStartObject();
    out.writeBooleanProperty("good", problems.isEmpty());
    JsonOutput.strings(out, "problems", problems);
    JsonOutput.strings(out, "warnings", warnings);
    out.writeEndObject();
  }
}
