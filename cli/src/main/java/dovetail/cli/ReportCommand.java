package dovetail.cli;

import dovetail.dmarc.report.AggregateReport;
import dovetail.dmarc.report.ReportException;
import dovetail.dmarc.report.ReportFile;
import dovetail.dmarc.report.Sender;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code dovetail report}. */
@Command(
    name = "report",
    description = "Reports of receivers about mail in the name of one's domains.",
    subcommands = ReportCommand.Dmarc.class)
final class ReportCommand implements Runnable {
  @Spec CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "a command is missing: dmarc");
  }

  /** {@code dovetail report dmarc}. */
  @Command(
      name = "dmarc",
      description = "DMARC aggregate reports.",
      subcommands = ReportCommand.Show.class)
  static final class Dmarc implements Runnable {
    @Spec CommandSpec spec;

    @Override
    public void run() {
      throw new ParameterException(spec.commandLine(), "a command is missing: show");
    }
  }

  /** {@code dovetail report dmarc show}. */
  @Command(
      name = "show",
      description = {
        "Shows who sends in the name of a domain, and whether it passes, from reports of receivers."
            + " A report that is given twice counts once.",
        "A file may be XML, compressed by gzip or zip, a message that carries such files, or an mbox"
            + " file of these. The status is 1 if one could not be read; the others are shown."
      })
  static final class Show implements Callable<Integer> {
    private final InputStream in;

    @Spec CommandSpec spec;

    @Parameters(paramLabel = "FILE", arity = "1..*", description = "Reports; - for standard input.")
    List<Path> files = List.of();

    @Option(names = "--json", description = "Write JSON.")
    boolean json;

    private final List<AggregateReport> reports = new ArrayList<>();
    private boolean readable = true;

    /** Reports are bytes: they come past the readers of the command line. */
    Show(InputStream in) {
      this.in = in;
    }

    @Override
    public Integer call() {
      files.forEach(this::read);
      List<Sender> senders = Sender.of(reports);
      PrintWriter out = spec.commandLine().getOut();
      if (json) {
        SenderTable.json(out, senders);
      } else if (!senders.isEmpty()) {
        SenderTable.text(out, senders);
      }
      return (readable ? Exit.GOOD : Exit.NO).status();
    }

    private void read(Path file) {
      boolean standard = file.toString().equals("-");
      String name = standard ? "standard input" : file.toString();
      try (InputStream source = standard ? in : Files.newInputStream(file)) {
        ReportFile.Contents contents = ReportFile.read(source);
        reports.addAll(contents.reports());
        contents.faults().forEach(fault -> complain(name + ": " + fault));
      } catch (ReportException e) {
        complain(name + ": " + e.getMessage());
      } catch (IOException e) {
        complain(FailureException.cannotRead(name, e));
      }
    }

    private void complain(String what) {
      readable = false;
      spec.commandLine().getErr().println("dovetail: " + VerifiedMail.safe(what));
    }
  }
}
