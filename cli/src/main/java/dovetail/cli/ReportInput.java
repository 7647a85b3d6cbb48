package dovetail.cli;

import dovetail.dmarc.report.AggregateReport;
import dovetail.dmarc.report.ReportException;
import dovetail.dmarc.report.ReportFile;
import dovetail.ledger.ForeignReport;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/** Reads reports from files, and complains of those that cannot be read. */
final class ReportInput {
  private final InputStream in;
  private final PrintWriter err;
  private boolean readable = true;

  /**
   * @param in standard input: reports are bytes, they come past the readers of the command line
   */
  ReportInput(InputStream in, PrintWriter err) {
    this.in = in;
    this.err = err;
  }

  /** Hands over each report of these files; {@code -} stands for standard input. */
  void read(List<Path> files, Consumer<AggregateReport> sink) {
    files.forEach(file -> read(file, sink));
  }

  private void read(Path file, Consumer<AggregateReport> sink) {
    boolean standard = file.toString().equals("-");
    String name = standard ? "standard input" : file.toString();
    try (InputStream source = standard ? in : Files.newInputStream(file)) {
      ReportFile.Contents contents = ReportFile.read(source);
      contents.reports().forEach(sink);
      contents.faults().forEach(fault -> complain(name + ": " + fault));
    } catch (ReportException e) {
      complain(name + ": " + e.getMessage());
    } catch (IOException e) {
      complain(FailureException.cannotRead(name, e));
    }
  }

  /** Hands over one that was kept, or says that it cannot be read any more. */
  void read(ForeignReport kept, Consumer<AggregateReport> sink) {
    try {
      sink.accept(StoredReports.read(kept.body()));
    } catch (FailureException e) {
      complain(kept.organization() + " " + kept.id() + ": " + e.getMessage());
    }
  }

  private void complain(String what) {
    readable = false;
    err.println("dovetail: " + VerifiedMail.safe(what));
  }

  /** Whether all could be read. */
  Exit exit() {
    return readable ? Exit.GOOD : Exit.NO;
  }
}
