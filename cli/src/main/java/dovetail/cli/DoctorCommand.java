package dovetail.cli;

import dovetail.doctor.Doctor;
import dovetail.doctor.Dovecot;
import dovetail.doctor.Finding;
import dovetail.doctor.Fix;
import dovetail.doctor.Host;
import dovetail.doctor.Own;
import dovetail.doctor.Postfix;
import dovetail.doctor.source.DovecotFiles;
import dovetail.doctor.source.HostFacts;
import dovetail.doctor.source.OwnFacts;
import dovetail.doctor.source.PostfixFiles;
import dovetail.doctor.source.Program;
import dovetail.doctor.source.Repair;
import dovetail.doctor.source.StoredDomains;
import dovetail.doctor.source.UnreadableException;
import dovetail.serve.Configuration;
import dovetail.serve.Crypto;
import dovetail.serve.Dns;
import dovetail.serve.DnsConfig;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.core.JsonGenerator;

/** {@code dovetail doctor}. */
@Command(
    name = "doctor",
    description = {
      "Reads main.cf, master.cf and dovecot.conf as Postfix and Dovecot do, and says what is wrong"
          + " between them and Dovetail, with the lines that mend it; also what is wrong with the DNS,"
          + " the database and the clock. Says nothing if all is well.",
      "Changes nothing without --fix. Whether the services answer is said by dovetail ping."
    })
final class DoctorCommand implements Callable<Integer> {
  private static final DateTimeFormatter SUFFIX =
      DateTimeFormatter.ofPattern("'.before-'yyyyMMdd'T'HHmmss").withZone(ZoneOffset.UTC);

  private static final Path DOVECOT = Path.of("/etc/dovecot/dovecot.conf");

  @Spec CommandSpec spec;
  @Mixin ConfigOption config;

  @Option(
      names = "--postfix",
      paramLabel = "FOLDER",
      description = "The folder of main.cf; the one that postconf tells if none is named.")
  Optional<Path> postfixFolder = Optional.empty();

  @Option(
      names = "--dovecot",
      paramLabel = "FILE",
      description = "Dovecot's configuration; /etc/dovecot/dovecot.conf if none is named.")
  Optional<Path> dovecotFile = Optional.empty();

  @Option(
      names = "--fix",
      description =
          "Shows how the files will differ, keeps the old ones beside them, and writes the new ones."
              + " Reloads nothing.")
  boolean fix;

  @Option(
      names = "--diff",
      description = "Shows how the files would differ after --fix, and writes nothing.")
  boolean diff;

  @Option(names = "--json", description = "Write JSON.")
  boolean json;

  private final Program program = new Program(System.getenv());

  @Override
  public Integer call() throws Exception {
    try {
      return examine();
    } catch (UnreadableException e) {
      throw new FailureException(Exit.TEMPORARY, String.valueOf(e.getMessage()), e);
    }
  }

  private int examine()
      throws Configuration.UnusableException, UnreadableException, InterruptedException {
    Configuration configuration = config.loadWithoutKeys();
    StoredDomains stored = StoredDomains.read(program, config.file());
    Own own =
        OwnFacts.of(
            configuration.settings(),
            configuration.settings().get(DnsConfig.MESSAGE_TIMEOUT),
            stored.domains());
    Optional<Postfix> postfix = postfix();
    Optional<Dovecot> dovecot = dovecot();
    List<Finding> findings = new ArrayList<>(Doctor.examine(own, postfix, dovecot));
    Host host =
        new HostFacts(program)
            .read(Crypto.load(configuration), Dns.resolver(configuration), stored.trouble());
    findings.addAll(Doctor.examine(host));
    print(findings, host);
    if (fix || diff) {
      repair(own, postfix, dovecot, findings);
    }
    return findings.isEmpty() ? Exit.GOOD.status() : Exit.NO.status();
  }

  private Optional<Postfix> postfix() throws UnreadableException, InterruptedException {
    PostfixFiles files = new PostfixFiles(program);
    Optional<Path> folder = postfixFolder.isPresent() ? postfixFolder : files.folder();
    return folder.isPresent() ? Optional.of(files.read(folder.get())) : Optional.empty();
  }

  private Optional<Dovecot> dovecot() throws UnreadableException, InterruptedException {
    DovecotFiles files = new DovecotFiles(program);
    Path file = dovecotFile.orElse(DOVECOT);
    boolean there = dovecotFile.isPresent() || (files.isThere() && Files.exists(file));
    return there ? Optional.of(files.read(file)) : Optional.empty();
  }

  private void repair(
      Own own, Optional<Postfix> postfix, Optional<Dovecot> dovecot, List<Finding> findings)
      throws UnreadableException, InterruptedException {
    PrintWriter out = json ? spec.commandLine().getErr() : spec.commandLine().getOut();
    try (Repair repair = new Repair(program)) {
      if (postfix.isPresent()) {
        repair.mend(own, postfix.get(), dovecot);
      }
      if (dovecot.isPresent()) {
        repair.mend(dovecot.get(), findings);
      }
      out.print(repair.differences());
      if (fix && !repair.isEmpty()) {
        out.flush();
        String suffix = SUFFIX.format(InstantSource.system().instant());
        repair.apply(suffix).forEach(kept -> out.println("the old one is " + kept));
        out.println("now: postfix reload; doveadm reload");
      }
    }
  }

  private void print(List<Finding> findings, Host host) {
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      JsonOutput.write(out, generator -> write(generator, findings, host));
      return;
    }
    for (Finding finding : findings) {
      out.println(finding.subject().word() + ": " + finding.what());
      for (Fix one : finding.fixes()) {
        text(one).lines().forEach(line -> out.println("  " + line));
      }
    }
  }

  private static String text(Fix one) {
    return switch (one) {
      case Fix.Main _, Fix.Master _ -> one.command().orElse("");
      case Fix.Dovecot(String text) -> "at the end of dovecot.conf:\n" + text.indent(2);
      case Fix.DovecotFile(Path file, String text) -> file + ":\n" + text.indent(2);
      case Fix.Advice(String text) -> text;
    };
  }

  private static void write(JsonGenerator out, List<Finding> findings, Host host) {
    out.writeStartObject();
    out.writeBooleanProperty("good", findings.isEmpty());
    out.writeStringProperty("provider", host.provider());
    out.writeArrayPropertyStart("findings");
    for (Finding finding : findings) {
      out.writeStartObject();
      out.writeStringProperty("subject", finding.subject().word());
      out.writeStringProperty("what", finding.what());
      JsonOutput.strings(out, "fixes", finding.fixes().stream().map(DoctorCommand::text).toList());
      out.writeEndObject();
    }
    out.writeEndArray();
    out.writeEndObject();
  }
}
