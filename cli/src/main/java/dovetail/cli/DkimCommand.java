package dovetail.cli;

import dovetail.dkim.KeyRecord;
import dovetail.dkim.SigningKey;
import dovetail.keys.StoredKey;
import dovetail.mail.Domain;
import dovetail.milter.MilterConfig;
import dovetail.serve.Configuration;
import dovetail.serve.Stores;
import java.io.PrintWriter;
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
    description = "Makes, shows, checks, activates and retires signing keys.",
    subcommands = {
      DkimGenerateCommand.class,
      DkimCommand.ListKeys.class,
      DkimActivateCommand.class,
      DkimRetireCommand.class,
      DkimCheckCommand.class
    })
final class DkimCommand implements Runnable {
  @Spec CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "a command is missing: generate, list, activate, retire or check");
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
      List<DkimKeys.Entry> keys = DkimKeys.of(configuration, wanted);
      PrintWriter out = spec.commandLine().getOut();
      if (json) {
        JsonOutput.write(out, generator -> write(generator, keys));
      } else {
        keys.forEach(key -> out.print(text(key)));
      }
      if (keys.isEmpty()) {
        spec.commandLine().getErr().println(none(configuration));
        return Exit.NO.status();
      }
      return Exit.GOOD.status();
    }

    static String none(Configuration configuration) {
      return "dovetail: no such key in "
          + configuration.settings().get(MilterConfig.KEYS)
          + (Stores.isUsed(configuration) ? ", nor in the database" : "");
    }

    private static String text(DkimKeys.Entry entry) {
      SigningKey key = entry.key();
      return "; "
          + key.key().algorithm().tag()
          + ", "
          + key.key().bits()
          + " bits"
          + entry.stored().map(stored -> ", " + state(entry, stored)).orElse("")
          + "\n"
          + key.key().keyRecord().zoneFile(key.selector(), key.domain());
    }

    private static String state(DkimKeys.Entry entry, StoredKey stored) {
      return entry.state()
          + " since "
          + stored.since()
          + entry.neededUntil().map(until -> ", its record is needed until " + until).orElse("");
    }

    private static void write(JsonGenerator out, List<DkimKeys.Entry> keys) {
      out.writeStartArray();
      for (DkimKeys.Entry entry : keys) {
        SigningKey key = entry.key();
        out.writeStartObject();
        out.writeStringProperty("domain", key.domain().ascii());
        out.writeStringProperty("selector", key.selector());
        out.writeStringProperty("algorithm", key.key().algorithm().tag());
        out.writeNumberProperty("bits", key.key().bits());
        out.writeStringProperty("name", KeyRecord.name(key.selector(), key.domain()));
        out.writeStringProperty("record", key.key().publicKeyRecord());
        out.writeStringProperty("place", entry.place());
        out.writeStringProperty("state", entry.state());
        entry
            .neededUntil()
            .ifPresent(until -> out.writeStringProperty("needed_until", until.toString()));
        out.writeEndObject();
      }
      out.writeEndArray();
    }
  }
}
