package dovetail.cli;

import dovetail.dkim.KeyCheck;
import dovetail.dkim.KeyRecord;
import dovetail.dkim.SigningKey;
import dovetail.dns.Authorities;
import dovetail.dns.Question;
import dovetail.dns.RecordType;
import dovetail.keys.StoredKey;
import dovetail.mail.Domain;
import dovetail.serve.Configuration;
import dovetail.serve.Dns;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.core.JsonGenerator;

/** {@code dovetail dkim activate}. */
@Command(
    name = "activate",
    description = {
      "Has a key of the database sign from now on, if all name servers of its zone show its record.",
      "The key of the same algorithm that has signed so far is retired. The status is 1 if a server"
          + " does not show the record, 4 if one does not say; nothing has changed then."
    })
final class DkimActivateCommand implements Callable<Integer> {
  @Spec CommandSpec spec;
  @Mixin ConfigOption config;

  @Mixin StoredKeyName name;

  @Option(names = "--force", description = "Whatever the name servers say.")
  boolean force;

  @Option(names = "--json", description = "Write JSON.")
  boolean json;

  /** What one server shows. */
  private record Shown(String server, KeyCheck check) {}

  @Override
  public Integer call() throws Exception {
    Domain owner = name.owner();
    if (!force && !DkimKeys.inFiles(config, List.of(owner)).isEmpty()) {
      throw new FailureException(
          Exit.NO, DkimKeys.filesHold(owner) + ": move them away first, or use --force");
    }
    Configuration configuration = config.loadWithoutKeys();
    StoreAccess access = new StoreAccess(configuration);
    StoredKey stored = DkimKeys.stored(access, owner, name.selector);
    List<Shown> shown = shown(configuration, DkimKeys.signing(stored));
    Exit verdict = KeyOutcomes.exit(shown.stream().map(Shown::check).toList());
    boolean activated = verdict == Exit.GOOD || force;
    List<StoredKey> retired = activated ? activate(access, stored) : List.of();
    if (json) {
      JsonOutput.write(
          spec.commandLine().getOut(), generator -> write(generator, shown, activated, retired));
    } else {
      print(stored, shown, activated, retired);
    }
    return activated ? Exit.GOOD.status() : verdict.status();
  }

  private static List<Shown> shown(Configuration configuration, SigningKey key) {
    Authorities authorities = Dns.authorities(configuration);
    Domain name = KeyRecord.domain(key.selector(), key.domain()).orElseThrow();
    return authorities.ask(new Question<>(RecordType.TXT, name)).stream()
        .map(said -> new Shown(said.server(), KeyCheck.of(key.key(), said.answer())))
        .toList();
  }

  /** Gives the keys that sign no more. */
  private static List<StoredKey> activate(StoreAccess access, StoredKey key)
      throws FailureException {
    return access.with(
        store -> store.keys().activate(key.domain(), key.selector(), StoreAccess.actor()));
  }

  private void print(StoredKey key, List<Shown> shown, boolean activated, List<StoredKey> retired) {
    PrintWriter out = spec.commandLine().getOut();
    shown.forEach(each -> out.println(each.server() + ": " + KeyOutcomes.text(each.check())));
    String record = KeyRecord.name(key.selector(), key.domain());
    if (activated) {
      out.println(record + " signs from now on");
      retired.forEach(each -> out.println(KeyOutcomes.retired(each)));
    } else {
      spec.commandLine()
          .getErr()
          .println("dovetail: " + record + " is not activated; --force does so all the same");
    }
  }

  private static void write(
      JsonGenerator out, List<Shown> shown, boolean activated, List<StoredKey> retired) {
    out.writeStartObject();
    out.writeBooleanProperty("activated", activated);
    out.writeName("servers");
    out.writeStartArray();
    for (Shown each : shown) {
      out.writeStartObject();
      out.writeStringProperty("server", each.server());
      KeyOutcomes.write(out, each.check());
      out.writeEndObject();
    }
    out.writeEndArray();
    out.writeName("retired");
    out.writeStartArray();
    for (StoredKey each : retired) {
      KeyOutcomes.writeRetired(out, each);
    }
    out.writeEndArray();
    out.writeEndObject();
  }
}
