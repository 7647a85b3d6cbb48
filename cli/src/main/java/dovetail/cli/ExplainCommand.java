package dovetail.cli;

import dovetail.lookup.map.Explanation;
import dovetail.lookup.map.Finding;
import dovetail.lookup.map.MapRegistry;
import dovetail.lookup.wire.Reply;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.core.JsonGenerator;

/** {@code dovetail explain}. */
@Command(
    name = "explain",
    description = "Tells what Dovetail answers, and why.",
    subcommands = {
      ExplainCommand.AliasSteps.class,
      ExplainPolicyCommand.class,
      ExplainLoginCommand.class
    })
final class ExplainCommand implements Runnable {
  @Spec CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "a command is missing: alias, login, policy");
  }

  /** {@code dovetail explain alias}. */
  @Command(
      name = "alias",
      description = {
        "Shows what becomes of mail for an address: each table that Postfix asks, with which key, the"
            + " answer and the reason; then the same for each address to which it leads.",
        "The database is asked, not the running service, whose cache may be a second behind."
      })
  static final class AliasSteps implements Callable<Integer> {
    @Spec CommandSpec spec;
    @Mixin ConfigOption config;

    @Parameters(paramLabel = "ADDRESS", description = "The recipient.")
    String address = "";

    @Option(names = "--json", description = "Write JSON.")
    boolean json;

    @Override
    public Integer call() throws Exception {
      Explanation explanation =
          new StoreAccess(config)
              .with(store -> Explanation.of(MapRegistry.of(store.directory()), address));
      PrintWriter out = spec.commandLine().getOut();
      if (json) {
        JsonOutput.write(out, generator -> write(generator, explanation));
      } else {
        print(out, explanation, "");
      }
      return outcome(explanation).status();
    }

    private static void print(PrintWriter out, Explanation explanation, String indent) {
      if (explanation.cut()) {
        out.println(indent + explanation.address() + ": see above");
        return;
      }
      for (Explanation.Step step : explanation.steps()) {
        out.println(
            "%s%s %s -> %s  (%s)"
                .formatted(
                    indent, step.map(), step.key(), text(step.finding()), why(step.finding())));
      }
      explanation.targets().forEach(target -> print(out, target, indent + "  "));
    }

    private static String text(Finding finding) {
      return switch (finding.reply()) {
        case Reply.Ok(String value) -> value;
        case Reply.NotFound() -> "nothing";
        case Reply.Temp(String reason) -> "TEMP " + reason;
        case Reply.Perm(String reason) -> "PERM " + reason;
      };
    }

    private static String why(Finding finding) {
      String reason = finding.reason().name().toLowerCase(Locale.ROOT).replace('_', '-');
      return finding.detail().isEmpty() ? reason : reason + ": " + finding.detail();
    }

    private static void write(JsonGenerator out, Explanation explanation) {
      out.writeStartObject();
      out.writeStringProperty("address", explanation.address());
      out.writeArrayPropertyStart("steps");
      for (Explanation.Step step : explanation.steps()) {
        out.writeStartObject();
        out.writeStringProperty("map", step.map());
        out.writeStringProperty("key", step.key());
        out.writeStringProperty("answer", text(step.finding()));
        out.writeStringProperty("reason", why(step.finding()));
        out.writeEndObject();
      }
      out.writeEndArray();
      out.writeArrayPropertyStart("targets");
      explanation.targets().forEach(target -> write(out, target));
      out.writeEndArray();
      out.writeEndObject();
    }

    /** Good if some mail is taken, no if none is, temporary if nobody can say. */
    private static Exit outcome(Explanation explanation) {
      if (hasTrouble(explanation)) {
        return Exit.TEMPORARY;
      }
      return isTaken(explanation) ? Exit.GOOD : Exit.NO;
    }

    private static boolean hasTrouble(Explanation explanation) {
      return explanation.steps().stream()
              .anyMatch(step ->
                  step.finding().reply() instanceof Reply.Temp
                      || step.finding().reply() instanceof Reply.Perm)
          || explanation.targets().stream().anyMatch(AliasSteps::hasTrouble);
    }

    private static boolean isTaken(Explanation explanation) {
      return !explanation.targets().isEmpty()
          || explanation.steps().stream()
              .filter(step ->
                  step.map().endsWith("_recipient_maps")
                      || step.map().equals("virtual_mailbox_maps"))
              .anyMatch(step -> step.finding().reply() instanceof Reply.Ok);
    }
  }
}
