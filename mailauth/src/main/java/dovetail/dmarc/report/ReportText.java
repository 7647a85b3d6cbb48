package dovetail.dmarc.report;

import dovetail.dmarc.report.AggregateReport.PublishedPolicy;
import dovetail.dmarc.report.AggregateReport.Row;

/**
 * Parts of a report as text of one line, to be kept and counted until the report is due: it is the
 * XML that they have in the report. Equal facts give equal text.
 */
public final class ReportText {
  private ReportText() {}

  /** A policy as text. */
  public static String policy(PublishedPolicy policy) {
    return ElementWriter.line(ReportElements.policy(policy));
  }

  /**
   * The policy of that text.
   *
   * @throws ReportException if it is not one of ours
   */
  public static PublishedPolicy readPolicy(String text) throws ReportException {
    return ReportReader.policy(ElementReader.whole(text, "policy_published"));
  }

  /** A row as text, whatever its count is: the text is what is counted. */
  public static String row(Row row) {
    return ElementWriter.line(ReportElements.row(row.withCount(1)));
  }

  /**
   * The row of that text, for one message.
   *
   * @throws ReportException if it is not one of ours
   */
  public static Row readRow(String text) throws ReportException {
    return ReportReader.row(ElementReader.whole(text, "record")).withCount(1);
  }
}
