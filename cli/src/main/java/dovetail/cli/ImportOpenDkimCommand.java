package dovetail.cli;

import dovetail.cli.opendkim.OpenDkimException;
import dovetail.cli.opendkim.Signing;
import dovetail.cli.opendkim.SigningReader;
import dovetail.cli.opendkim.SigningRows;
import dovetail.directory.edit.Kind;
import dovetail.directory.edit.RefusedException;
import dovetail.directory.edit.UnavailableException;
import dovetail.keys.StoredKey;
import dovetail.mail.Domain;
import dovetail.serve.Configuration;
import dovetail.store.sql.Store;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import tools.jackson.core.JsonGenerator;

/** {@code dovetail import opendkim}. */
@Command(
    name = "opendkim",
    description = {
      "Takes the keys with which opendkim signs: into the database, where they sign at once for"
          + " their own domains, which must be hosted there; or with --files into the folder"
          + " milter.keys. All are taken or none; what cannot be taken over is listed.",
      "Data sets of the kinds file, refile and csl are read. Their DNS records stay as they are."
    })
final class ImportOpenDkimCommand implements Callable<Integer> {
  private final InstantSource clock = InstantSource.system();

  @Spec CommandSpec spec;
  @Mixin ConfigOption config;

  @Option(
      names = "--from",
      paramLabel = "FILE",
      description =
          "opendkim.conf, which names the tables, or Domain, Selector and KeyFile, itself.")
  Optional<Path> from = Optional.empty();

  @Option(
      names = "--key-table",
      paramLabel = "DATASET",
      description = "What stands behind KeyTable, such as file:/etc/opendkim/KeyTable.")
  Optional<String> keyTable = Optional.empty();

  @Option(
      names = "--signing-table",
      paramLabel = "DATASET",
      description = "What stands behind SigningTable, such as refile:/etc/opendkim/SigningTable.")
  Optional<String> signingTable = Optional.empty();

  @Option(
      names = "--multiple-signatures",
      description = "With the tables: all rows that fit sign, as MultipleSignatures has it.")
  boolean multiple;

  @Option(names = "--files", description = "Write files into the folder milter.keys.")
  boolean files;

  @Option(names = "--dry-run", description = "Show what would be done, and do nothing.")
  boolean dryRun;

  @Option(names = "--json", description = "Write JSON.")
  boolean json;

  /**
   * What is done: which keys are taken, which rows the configuration needs, what is left or other.
   */
  private record Plan(
      List<Signing.Key> keys, List<String> rows, List<String> left, List<String> notes) {}

  @Override
  public Integer call() throws Exception {
    Signing signing = read();
    Plan plan = files ? forFiles(signing) : forDatabase(signing);
    if (files) {
      Path folder = Configuration.keyFolder(config.file());
      KeyFiles.createAll(folder, plan.keys(), dryRun);
    } else {
      Set<Domain> inFiles =
          DkimKeys.inFiles(config, plan.keys().stream().map(key -> key.key().domain()).toList());
      new StoreAccess(config).with(store -> store(store, plan.keys(), inFiles));
    }
    if (json) {
      JsonOutput.write(spec.commandLine().getOut(), out -> writeJson(out, plan));
    } else {
      write(spec.commandLine().getOut(), plan);
    }
    return Exit.GOOD.status();
  }

  private Signing read() throws FailureException {
    if (from.isPresent() == (keyTable.isPresent() || signingTable.isPresent())
        || keyTable.isPresent() != signingTable.isPresent()) {
      throw new ParameterException(
          spec.commandLine(), "expected --from, or --key-table and --signing-table");
    }
    try {
      return from.isPresent()
          ? SigningReader.ofConfig(from.get())
          : SigningReader.ofTables(keyTable.orElse(""), signingTable.orElse(""), multiple);
    } catch (OpenDkimException e) {
      throw new FailureException(Exit.NO, e.getMessage() + "\nnothing was changed", e);
    }
  }

  private static Plan forFiles(Signing signing) {
    List<String> notes = new ArrayList<>(signing.notes());
    SigningRows.newlySigned(signing)
        .forEach(domain ->
            notes.add("mail of " + domain + " itself was not signed, and will be by its keys"));
    return new Plan(signing.keys(), SigningRows.of(signing), signing.left(), notes);
  }

  /** Keys of the database sign for their own domains and for no others. */
  private static Plan forDatabase(Signing signing) {
    Set<Signing.Key> keys = new LinkedHashSet<>();
    List<String> left = new ArrayList<>(signing.left());
    for (Signing.Row row : signing.rows()) {
      if (row.own()) {
        keys.add(row.key());
      } else {
        left.add(
            "%s: %s is signed by %s: see --files, or 'domain set' with --signed-by for one domain"
                .formatted(row.place(), row.authors(), row.key()));
      }
    }
    return new Plan(List.copyOf(keys), List.of(), left, signing.notes());
  }

  private boolean store(Store store, List<Signing.Key> keys, Set<Domain> inFiles)
      throws UnavailableException, RefusedException, FailureException {
    Set<String> known = new LinkedHashSet<>();
    store.keys().all().forEach(key -> known.add(key.selector() + "._domainkey." + key.domain()));
    List<String> problems = new ArrayList<>();
    for (Signing.Key key : keys) {
      String domain = key.key().domain().ascii();
      if (store.administration().find(Kind.DOMAIN, List.of(domain)).isEmpty()) {
        problems.add(key + ": " + domain + " is not in the database: add it, or use --files");
      } else if (inFiles.contains(key.key().domain())) {
        problems.add(key + ": " + DkimKeys.filesHold(key.key().domain()));
      } else if (known.contains(key.toString())) {
        problems.add(key + ": there is such a key already");
      }
    }
    if (!problems.isEmpty()) {
      throw new FailureException(Exit.NO, String.join("\n", problems) + "\nnothing was changed");
    }
    if (!dryRun) {
      store.keys().addAll(keys.stream().map(this::stored).toList(), StoreAccess.actor());
    }
    return true;
  }

  private StoredKey stored(Signing.Key key) {
    return new StoredKey(
        key.key().domain(),
        key.key().selector(),
        key.key().key().algorithm().keyType(),
        StoredKey.State.ACTIVE,
        clock.instant(),
        key.pem());
  }

  private void write(PrintWriter out, Plan plan) {
    for (Signing.Key key : plan.keys()) {
      out.printf("key: %s (%s, %d bits)%n", key, algorithm(key), key.key().key().bits());
      key.key().key().warnings().forEach(warning -> out.println("note: " + key + ": " + warning));
    }
    plan.notes().forEach(line -> out.println("note: " + line));
    plan.left().forEach(line -> out.println("not taken: " + line));
    if (!plan.rows().isEmpty()) {
      out.println("to be written into [milter]:");
      out.println("signing = [");
      plan.rows().forEach(row -> out.println("  " + row + ","));
      out.println("]");
    }
    String what = plan.keys().size() == 1 ? "1 key" : plan.keys().size() + " keys";
    out.println(
        dryRun
            ? "nothing was written; it would be " + what
            : "written: " + what + (files ? "; they sign after a reload (SIGHUP)" : ""));
  }

  private static String algorithm(Signing.Key key) {
    return key.key().key().algorithm().keyType();
  }

  private void writeJson(JsonGenerator out, Plan plan) {
    out.writeStartObject();
    out.writeBooleanProperty("written", !dryRun);
    out.writeArrayPropertyStart("keys");
    for (Signing.Key key : plan.keys()) {
      out.writeStartObject();
      out.writeStringProperty("domain", key.key().domain().ascii());
      out.writeStringProperty("selector", key.key().selector());
      out.writeStringProperty("algorithm", algorithm(key));
      out.writeNumberProperty("bits", key.key().key().bits());
      JsonOutput.strings(out, "warnings", key.key().key().warnings());
      out.writeEndObject();
    }
    out.writeEndArray();
    JsonOutput.strings(out, "signing", plan.rows());
    JsonOutput.strings(out, "notes", plan.notes());
    JsonOutput.strings(out, "not_taken", plan.left());
    out.writeEndObject();
  }
}
