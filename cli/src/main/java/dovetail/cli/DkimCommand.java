package dovetail.cli;

import dovetail.dkim.KeyRecord;
import dovetail.dkim.SigningKey;
import dovetail.mail.Domain;
import dovetail.milter.MilterConfig;
import dovetail.serve.Configuration;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.core.JsonGenerator;

/** {@code dovetail dkim}. */
@Command(
    name = "dkim",
    description = "Makes, shows and checks signing keys.",
    subcommands = {DkimGenerateCommand.class, DkimCommand.ListKeys.class, DkimCheckCommand.class})
final class DkimCommand implements Runnable {
  @Spec CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "a command is missing: generate, list or check");
  }

  /** {@code dovetail dkim list}. */
  @Command(
      name = "list",
      description = "Shows all signing keys and the TXT records that publish them, as zone file.")
  static final class ListKeys implements Callable<Integer> {
    @Spec CommandSpec spec;
    @Mixin ConfigOption config;

    @Parameters(paramLabel = "DOMAIN", arity = "0..*", description = "Only keys of these domains.")
    List<String> domains = List.of();

    @Option(names = "--json", description = "Write JSON.")
    boolean json;

    @Override
    public Integer call() throws Exception {
      List<Domain> wanted = Domains.read(spec, domains);
      Configuration configuration = config.load();
      List<SigningKey> keys = configuration.keysOf(wanted);
      PrintWriter out = spec.commandLine().getOut();
      if (json) {
        JsonOutput.write(out, generator -> write(generator, keys));
      } else {
        keys.forEach(key -> out.print(text(key)));
      }
      if (keys.isEmpty()) {
        Path folder = configuration.settings().get(MilterConfig.KEYS);
        spec.commandLine().getErr().println("dovetail: no such key in " + folder);
        return Exit.NO.status();
      }
      return Exit.GOOD.status();
    }

    private static String text(SigningKey key) {
      return "; "
          + key.key().algorithm().tag()
          + ", "
          + key.key().bits()
          + " bits\n"
          + key.key().keyRecord().zoneFile(key.selector(), key.domain());
    }

    private static void write(JsonGenerator out, List<SigningKey> keys) {
      out.writeStartArray();
      for (SigningKey key : keys) {
        out.writeStartObject();
        out.writeStringProperty("domain", key.domain().ascii());
        out.writeStringProperty("selector", key.selector());
        out.writeStringProperty("algorithm", key.key().algorithm().tag());
        out.writeNumberProperty("bits", key.key().bits());
        out.writeStringProperty("name", KeyRecord.name(key.selector(), key.domain()));
        out.writeStringProperty("record", key.key().publicKeyRecord());
        out.writeEndObject();
      }
      out.writeEndArray();
    }
  }
}
