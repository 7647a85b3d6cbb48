package dovetail.cli;

import dovetail.cli.VerifiedMail.Place;
import dovetail.dkim.DkimStatus;
import dovetail.mail.MailboxReader;
import dovetail.mail.MalformedException;
import dovetail.milter.filter.AuthReport;
import dovetail.milter.filter.Outsider;
import dovetail.serve.Configuration;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code dovetail verify}. */
@Command(
    name = "verify",
    description = {
      "Verifies the DKIM signatures and the ARC chain of stored messages, and says what was found;"
          + " with --ip also whether that client may send in the sender's name (SPF), and whether"
          + " the author's domain stands behind the message (DMARC).",
      "A file may be one message, with any line ends, or an mbox file. The status is 0 if each"
          + " message has a signature that passes, 1 if one has none, 4 if the DNS did not say of"
          + " one whether it has."
    })
final class VerifyCommand implements Callable<Integer> {
  private final InputStream in;

  @Spec CommandSpec spec;
  @Mixin ConfigOption config;
  @Mixin ClientOptions client;

  @Parameters(
      paramLabel = "FILE",
      arity = "1..*",
      description = "Messages or mbox files; - for standard input.")
  List<Path> files = List.of();

  @Option(names = "--json", description = "Write JSON.")
  boolean json;

  /** Mail is bytes: it comes past the readers of the command line. */
  VerifyCommand(InputStream in) {
    this.in = in;
  }

  @Override
  public Integer call() throws Exception {
    Configuration configuration = config.loadWithoutKeys();
    StoredMailVerifier verifier = new StoredMailVerifier(configuration);
    Optional<Outsider> outsider = client.outsider();
    List<VerifiedMail> all = new ArrayList<>();
    boolean readable = true;
    for (Path file : files) {
      readable &= verify((place, message) -> verifier.verify(place, message, outsider), file, all);
    }
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      String authservId = configuration.milter().filter().verifying().authservId();
      JsonOutput.write(
          out,
          generator -> {
            generator.writeStartArray();
            all.forEach(each -> each.write(generator, authservId));
            generator.writeEndArray();
          });
    }
    return (readable ? exit(all) : Exit.NO).status();
  }

  /** Verifies one message. */
  private interface Verification {
    VerifiedMail verify(Place place, InputStream message) throws IOException, MalformedException;
  }

  /** Verifies all messages of one file; false if one of them could not be. */
  private boolean verify(Verification verifier, Path file, List<VerifiedMail> all) {
    String name = file.toString().equals("-") ? "standard input" : file.toString();
    try (InputStream source = file.toString().equals("-") ? in : Files.newInputStream(file)) {
      MailboxReader mailbox = MailboxReader.open(source);
      int number = 0;
      boolean verified = true;
      for (Optional<InputStream> message = mailbox.next();
          message.isPresent();
          message = mailbox.next()) {
        number++;
        verified &= verify(verifier, new Place(name, number), message.get(), all);
      }
      return verified;
    } catch (IOException e) {
      complain(FailureException.cannotRead(name, e));
      return false;
    }
  }

  private boolean verify(
      Verification verifier, Place place, InputStream message, List<VerifiedMail> all)
      throws IOException {
    try {
      VerifiedMail verified = verifier.verify(place, message);
      all.add(verified);
      if (!json) {
        verified.print(spec.commandLine().getOut());
      }
      return true;
    } catch (MalformedException e) {
      complain(place.printable() + ": " + e.reason());
      return false;
    }
  }

  private void complain(String what) {
    spec.commandLine().getErr().println("dovetail: " + what);
  }

  private static Exit exit(List<VerifiedMail> all) {
    Exit exit = Exit.GOOD;
    for (VerifiedMail each : all) {
      AuthReport report = each.report();
      if (!report.has(DkimStatus.PASS)) {
        if (!report.has(DkimStatus.TEMPERROR)) {
          return Exit.NO;
        }
        exit = Exit.TEMPORARY;
      }
    }
    return exit;
  }
}
