package dovetail.cli;

import dovetail.dmarc.report.AggregateReport;
import dovetail.milter.DmarcReportsConfig;
import dovetail.serve.Configuration;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code dovetail report dmarc import}. */
@Command(
    name = "import",
    description = {
      "Keeps reports of receivers in the database, for \"report dmarc show\" and \"list\". One that"
          + " is there already is left alone.",
      "A file may be XML, compressed by gzip or zip, a message that carries such files, or an mbox"
          + " file of these. The status is 1 if one could not be read; the others are kept."
    })
final class ReportImportCommand implements Callable<Integer> {
  private final InputStream in;

  @Spec CommandSpec spec;
  @Mixin ConfigOption config;

  @Parameters(paramLabel = "FILE", arity = "1..*", description = "Reports; - for standard input.")
  List<Path> files = List.of();

  ReportImportCommand(InputStream in) {
    this.in = in;
  }

  @Override
  public Integer call() throws Exception {
    List<AggregateReport> reports = new ArrayList<>();
    ReportInput input = new ReportInput(in, spec.commandLine().getErr());
    input.read(files, reports::add);
    Configuration configuration = config.loadWithoutKeys();
    Instant now = Instant.now();
    int fresh =
        new StoreAccess(configuration)
            .with(store -> {
              // Also where no service does so, since reports are not sent.
              store
                  .ledger()
                  .forget(now.minus(configuration.settings().get(DmarcReportsConfig.KEEP)));
              int count = 0;
              for (AggregateReport report : reports) {
                count += store.ledger().keep(StoredReports.of(report, now)) ? 1 : 0;
              }
              return count;
            });
    PrintWriter out = spec.commandLine().getOut();
    out.println(fresh + " imported, " + (reports.size() - fresh) + " known already");
    return input.exit().status();
  }
}
