package dovetail.cli;

import dovetail.dkim.KeyCheck;
import dovetail.dkim.KeyCheck.Outcome;
import dovetail.dkim.KeyRecord;
import dovetail.dkim.SigningKey;
import dovetail.dns.Questions;
import dovetail.dns.Resolver;
import dovetail.mail.Domain;
import dovetail.milter.MilterConfig;
import dovetail.serve.Configuration;
import dovetail.serve.Dns;
import dovetail.serve.DnsConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
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
      "The status is 0 if all are published, 1 if a record is missing, unusable or of another key,"
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
  private record Checked(SigningKey key, KeyCheck check) {
    String name() {
      return KeyRecord.name(key.selector(), key.domain());
    }
  }

  @Override
  public Integer call() throws Exception {
    List<Domain> wanted = Domains.read(spec, domains);
    Configuration configuration = config.load();
    List<Checked> checked = check(configuration, configuration.keysOf(wanted));
    if (json) {
      JsonOutput.write(spec.commandLine().getOut(), generator -> write(generator, checked));
    } else {
      checked.forEach(each -> spec.commandLine().getOut().println(text(each)));
    }
    if (checked.isEmpty()) {
      spec.commandLine()
          .getErr()
          .println("dovetail: no such key in " + configuration.settings().get(MilterConfig.KEYS));
      return Exit.NO.status();
    }
    return exit(checked).status();
  }

  /** So many keys at a time as a resolver bears. */
  private static List<Checked> check(Configuration configuration, List<SigningKey> keys) {
    Resolver resolver = Dns.resolver(configuration);
    List<Checked> checked = new ArrayList<>();
    for (int i = 0; i < keys.size(); i += AT_ONCE) {
      Questions questions =
          new Questions(
              resolver, configuration.settings().get(DnsConfig.MESSAGE_TIMEOUT), System::nanoTime);
      List<SigningKey> some = keys.subList(i, Math.min(keys.size(), i + AT_ONCE));
      some.forEach(key -> questions.txt(name(key)));
      for (SigningKey key : some) {
        checked.add(new Checked(key, KeyCheck.of(key.key(), questions.txt(name(key)).answer())));
      }
    }
    return checked;
  }

  private static Domain name(SigningKey key) {
    return KeyRecord.domain(key.selector(), key.domain()).orElseThrow();
  }

  private static Exit exit(List<Checked> checked) {
    Exit exit = Exit.GOOD;
    for (Checked each : checked) {
      switch (each.check().outcome()) {
        case PUBLISHED -> {}
        case MISSING, ANOTHER_KEY, UNUSABLE -> {
          return Exit.NO;
        }
        case UNKNOWN -> exit = Exit.TEMPORARY;
      }
    }
    return exit;
  }

  private static String text(Checked checked) {
    String verdict =
        switch (checked.check().outcome()) {
          case PUBLISHED -> "good";
          case MISSING -> "MISSING";
          case ANOTHER_KEY -> "ANOTHER KEY is published";
          case UNUSABLE -> "UNUSABLE";
          case UNKNOWN -> "not known";
        };
    String detail = checked.check().detail();
    return checked.name() + ": " + verdict + (detail.isEmpty() ? "" : ", " + detail);
  }

  private static void write(JsonGenerator out, List<Checked> checked) {
    out.writeStartArray();
    for (Checked each : checked) {
      out.writeStartObject();
      out.writeStringProperty("domain", each.key().domain().ascii());
      out.writeStringProperty("selector", each.key().selector());
      out.writeStringProperty("name", each.name());
      out.writeBooleanProperty("good", each.check().outcome() == Outcome.PUBLISHED);
      out.writeStringProperty("outcome", word(each.check().outcome()));
      out.writeStringProperty("detail", each.check().detail());
      out.writeEndObject();
    }
    out.writeEndArray();
  }

  private static String word(Outcome outcome) {
    return outcome.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
