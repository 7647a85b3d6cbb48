package dovetail.cli;

import dovetail.dkim.KeyCheck;
import dovetail.dkim.KeyRecord;
import dovetail.dkim.SigningKey;
import dovetail.dns.Questions;
import dovetail.dns.Resolver;
import dovetail.keys.StoredKey.State;
import dovetail.mail.Domain;
import dovetail.serve.Configuration;
import dovetail.serve.Dns;
import dovetail.serve.DnsConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.core.JsonGenerator;

/** {@code dovetail dkim check}. */
@Command(
    name = "check",
    description = {
      "Compares what DNS shows with the signing keys, and says where they differ.",
      "The status is 0 if all that sign are published, 1 if a record is missing, unusable or of another key,"
          + " 4 if the DNS did not say."
    })
final class DkimCheckCommand implements Callable<Integer> {
  private static final int AT_ONCE = 100;

  @Spec CommandSpec spec;
  @Mixin ConfigOption config;

  @Parameters(paramLabel = "DOMAIN", arity = "0..*", description = "Only keys of these domains.")
  List<String> domains = List.of();

  @Option(names = "--json", description = "Write JSON.")
  boolean json;

  /** One key and how it is published. */
  private record Checked(DkimKeys.Entry entry, KeyCheck check) {
    SigningKey key() {
      return entry.key();
    }

    String name() {
      return KeyRecord.name(key().selector(), key().domain());
    }

    /** Only what signs has to be published; what else is there is said. */
    boolean counts() {
      return entry.stored().isEmpty() || entry.stored().get().state() == State.ACTIVE;
    }
  }

  @Override
  public Integer call() throws Exception {
    List<Domain> wanted = Domains.read(spec, domains);
    Configuration configuration = config.load();
    List<Checked> checked = check(configuration, DkimKeys.of(configuration, wanted));
    if (json) {
      JsonOutput.write(spec.commandLine().getOut(), generator -> write(generator, checked));
    } else {
      checked.forEach(each -> spec.commandLine().getOut().println(text(each)));
    }
    if (checked.isEmpty()) {
      spec.commandLine().getErr().println(DkimCommand.ListKeys.none(configuration));
      return Exit.NO.status();
    }
    return KeyOutcomes.exit(checked.stream().filter(Checked::counts).map(Checked::check).toList())
        .status();
  }

  /** So many keys at a time as a resolver bears. */
  private static List<Checked> check(Configuration configuration, List<DkimKeys.Entry> keys) {
    Resolver resolver = Dns.resolver(configuration);
    List<Checked> checked = new ArrayList<>();
    for (int i = 0; i < keys.size(); i += AT_ONCE) {
      Questions questions =
          new Questions(
              resolver, configuration.settings().get(DnsConfig.MESSAGE_TIMEOUT), System::nanoTime);
      List<DkimKeys.Entry> some = keys.subList(i, Math.min(keys.size(), i + AT_ONCE));
      some.forEach(entry -> questions.txt(name(entry.key())));
      for (DkimKeys.Entry entry : some) {
        SigningKey key = entry.key();
        checked.add(new Checked(entry, KeyCheck.of(key.key(), questions.txt(name(key)).answer())));
      }
    }
    return checked;
  }

  private static Domain name(SigningKey key) {
    return KeyRecord.domain(key.selector(), key.domain()).orElseThrow();
  }

  private static String text(Checked checked) {
    String state = checked.counts() ? "" : checked.entry().state() + ", ";
    return checked.name() + ": " + state + KeyOutcomes.text(checked.check());
  }

  private static void write(JsonGenerator out, List<Checked> checked) {
    out.writeStartArray();
    for (Checked each : checked) {
      out.writeStartObject();
      out.writeStringProperty("domain", each.key().domain().ascii());
      out.writeStringProperty("selector", each.key().selector());
      out.writeStringProperty("name", each.name());
      out.writeStringProperty("state", each.entry().state());
      KeyOutcomes.write(out, each.check());
      out.writeEndObject();
    }
    out.writeEndArray();
  }
}
