package dovetail.cli;

import dovetail.directory.edit.UnavailableException;
import dovetail.ledger.Delivery;
import dovetail.ledger.DomainDay;
import dovetail.ledger.OwnReport;
import dovetail.milter.report.AggregateReports;
import dovetail.milter.report.ReportLog;
import dovetail.milter.report.ReportSender;
import dovetail.milter.report.ReportSettings;
import dovetail.milter.report.ReportTools;
import dovetail.outbox.Outbox;
import dovetail.serve.Configuration;
import dovetail.serve.OwnMail;
import dovetail.serve.ReportService;
import dovetail.store.sql.Store;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code dovetail report dmarc send}. */
@Command(
    name = "send",
    description = {
      "Makes the reports of all days that are over, and sends them and what else is due. The running"
          + " service does the same by itself, spread over the hours after midnight UTC. What was put off is tried again in its"
          + " time, not before.",
      "The status is 4 if a report is put off, 1 if one was refused."
    })
final class ReportSendCommand implements Callable<Integer> {
  @Spec CommandSpec spec;
  @Mixin ConfigOption config;

  @Option(names = "--dry-run", description = "Only show which reports would be made, and for whom.")
  boolean dryRun;

  /** Says what becomes of reports, and notes the worst. */
  private static final class Progress implements ReportLog {
    private final PrintWriter out;
    private final boolean dryRun;
    private Exit exit = Exit.GOOD;

    Progress(PrintWriter out, boolean dryRun) {
      this.out = out;
      this.dryRun = dryRun; // then an identifier would be that of no report
    }

    @Override
    public void made(OwnReport report) {
      String what =
          report.recipients().isEmpty()
              ? "no report: " + report.note()
              : (dryRun ? "a report" : report.id())
                  + " for "
                  + String.join(", ", report.recipients())
                  + (report.note().isEmpty() ? "" : " (left out: " + report.note() + ")");
      String about = about(report.day()) + ", " + messages(report.messages()) + ": ";
      out.println(VerifiedMail.safe(about + what));
    }

    private static String messages(long number) {
      return number == 1 ? "1 message" : number + " messages";
    }

    @Override
    public void putOff(DomainDay day, String why) {
      exit = Exit.TEMPORARY;
      out.println(VerifiedMail.safe(about(day) + ": postponed: " + why));
    }

    private static String about(DomainDay day) {
      return day.day() + " " + day.domain();
    }

    @Override
    public void stopped(String why) {
      exit = Exit.TEMPORARY;
      out.println(why);
    }

    @Override
    public void tried(Delivery delivery) {
      out.println(
          VerifiedMail.safe(
              delivery.reportId()
                  + " to "
                  + delivery.recipient()
                  + ": "
                  + delivery.state().word()
                  + ": "
                  + delivery.detail()));
      switch (delivery.state()) {
        case SENT -> {}
        case WAITING -> exit = Exit.TEMPORARY;
        case FAILED -> exit = exit == Exit.TEMPORARY ? exit : Exit.NO;
      }
    }
  }

  @Override
  public Integer call() throws Exception {
    Configuration configuration = config.loadWithoutKeys();
    ReportSettings settings =
        ReportService.settings(configuration)
            .orElseThrow(() ->
                new FailureException(
                    Exit.CONFIGURATION, "reports need 'milter.dmarc.reports.email'"));
    Progress progress = new Progress(spec.commandLine().getOut(), dryRun);
    return new StoreAccess(configuration)
        .with(store -> run(store, settings, configuration, progress).status());
  }

  private Exit run(
      Store store, ReportSettings settings, Configuration configuration, Progress progress)
      throws UnavailableException {
    ReportTools tools = ReportService.tools(configuration, progress);
    AggregateReports reports = new AggregateReports(store.ledger(), tools, settings);
    if (dryRun) {
      reports.preview();
      return progress.exit;
    }
    reports.make(AggregateReports.Timing.NOW);
    Outbox outbox = OwnMail.outbox(configuration, Optional.of(settings.from()));
    new ReportSender(store.ledger(), tools, settings, outbox).send();
    return progress.exit;
  }
}
