package dovetail.serve;

import dovetail.ledger.Delivery;
import dovetail.ledger.DomainDay;
import dovetail.ledger.OwnReport;
import dovetail.milter.report.ReportLog;
import dovetail.observe.TransactionLine;
import dovetail.observe.TransactionLog;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes a line for each report that is made, and for each try to send one. */
final class ReportLines implements ReportLog {
  private static final Logger logger = LoggerFactory.getLogger("report");

  private final TransactionLog log;
  private final ReportMetrics metrics;

  ReportLines(TransactionLog log, ReportMetrics metrics) {
    this.log = log;
    this.metrics = metrics;
  }

  @Override
  public void made(OwnReport report) {
    SequencedMap<String, String> facts = of(report.day());
    facts.put("messages", Long.toString(report.messages()));
    facts.put("recipients", Integer.toString(report.recipients().size()));
    if (!report.note().isEmpty()) {
      facts.put("left_out", report.note());
    }
    write(report.id(), report.recipients().isEmpty() ? "dropped" : "made", facts);
  }

  @Override
  public void putOff(DomainDay day, String why) {
    SequencedMap<String, String> facts = of(day);
    facts.put("why", why);
    write("-", "postponed", facts);
  }

  private static SequencedMap<String, String> of(DomainDay day) {
    SequencedMap<String, String> facts = new LinkedHashMap<>();
    facts.put("domain", day.domain().ascii());
    facts.put("day", day.day().toString());
    return facts;
  }

  @Override
  public void stopped(String why) {
    logger.warn("{}", why);
  }

  @Override
  public void tried(Delivery delivery) {
    metrics.tried(delivery.state());
    SequencedMap<String, String> facts = new LinkedHashMap<>();
    facts.put("to", delivery.recipient());
    facts.put("try", Integer.toString(delivery.tries()));
    facts.put("answer", delivery.detail());
    write(delivery.reportId(), action(delivery.state()), facts);
  }

  private static String action(Delivery.State state) {
    return switch (state) {
      case WAITING -> "deferred";
      case SENT -> "sent";
      case FAILED -> "failed";
    };
  }

  private void write(String id, String action, SequencedMap<String, String> facts) {
    log.write(new TransactionLine("report", id, action, facts));
  }
}
