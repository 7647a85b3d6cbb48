package dovetail.cli;

import dovetail.dmarc.report.AggregateReport;
import dovetail.dmarc.report.ReportException;
import dovetail.dmarc.report.ReportFile;
import dovetail.dmarc.report.ReportWriter;
import dovetail.ledger.Bytes;
import dovetail.ledger.ForeignReport;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.List;

/** Reports as the ledger keeps them. */
final class StoredReports {
  private StoredReports() {}

  /** One of others, as it is to be kept. */
  static ForeignReport of(AggregateReport report, Instant now) {
    return new ForeignReport(
        report.metadata().organization(),
        report.metadata().id(),
        report.policy().domain(),
        report.metadata().begin(),
        report.metadata().end(),
        messages(report),
        now,
        Bytes.of(ReportWriter.compress(ReportWriter.write(report))));
  }

  /** A stranger's numbers: their sum stays at the largest. */
  private static long messages(AggregateReport report) {
    long sum = 0;
    for (AggregateReport.Row row : report.rows()) {
      sum = Long.MAX_VALUE - row.count() < sum ? Long.MAX_VALUE : sum + row.count();
    }
    return sum;
  }

  /** What was written by {@link #of}, or by us. */
  static AggregateReport read(Bytes body) throws FailureException {
    try {
      List<AggregateReport> reports =
          ReportFile.read(new ByteArrayInputStream(body.bytes())).reports();
      if (reports.size() == 1) {
        return reports.getFirst();
      }
      throw new FailureException(Exit.NO, "what was kept is no report");
    } catch (IOException | ReportException | IllegalArgumentException e) {
      throw new FailureException(Exit.NO, "what was kept cannot be read: " + e.getMessage(), e);
    }
  }
}
