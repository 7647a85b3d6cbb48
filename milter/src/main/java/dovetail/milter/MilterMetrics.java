package dovetail.milter;

import dovetail.arc.ArcStatus;
import dovetail.dkim.Algorithm;
import dovetail.dkim.DkimStatus;
import dovetail.dmarc.DmarcStatus;
import dovetail.milter.filter.AuthReport;
import dovetail.milter.filter.Reason;
import dovetail.milter.filter.Verdict;
import dovetail.milter.session.MessageRecord;
import dovetail.observe.Metrics;
import dovetail.spf.SpfStatus;
import io.prometheus.metrics.core.datapoints.CounterDataPoint;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Histogram;
import java.util.EnumMap;
import java.util.Map;

/** What the milter counts. */
final class MilterMetrics {
  private static final double NANOS = 1e9;

  private final Map<Reason, CounterDataPoint> messages = new EnumMap<>(Reason.class);
  private final Counter signatures;
  private final Counter results;
  private final Counter spfResults;
  private final Counter arcResults;
  private final Counter dmarcResults;
  private final Counter removedResults;
  private final ArchiveMetrics archives;
  private final Counter longLines;
  private final Counter refusals;
  private final Counter failures;
  private final Histogram delay;

  MilterMetrics(Metrics metrics) {
    Counter counter =
        metrics.counter(
            "dovetail_milter_messages", "Messages answered, by why they were so.", "reason");
    for (Reason reason : Reason.values()) {
      messages.put(reason, counter.labelValues(reason.word()));
    }
    signatures =
        metrics.counter("dovetail_milter_signatures", "DKIM signatures made.", "algorithm");
    for (Algorithm algorithm : Algorithm.values()) {
      signatures.initLabelValues(algorithm.tag());
    }
    results =
        metrics.counter(
            "dovetail_milter_dkim_results",
            "Results of DKIM signatures that were verified; none for a message without one.",
            "result");
    for (DkimStatus status : DkimStatus.values()) {
      results.initLabelValues(status.word());
    }
    results.initLabelValues(AuthReport.NONE);
    spfResults =
        metrics.counter(
            "dovetail_milter_spf_results",
            "Results of SPF for the return path; for the name that the client calls itself where"
                + " there is none.",
            "result");
    for (SpfStatus status : SpfStatus.values()) {
      spfResults.initLabelValues(status.word());
    }
    arcResults =
        metrics.counter(
            "dovetail_milter_arc_results", "Results of ARC for messages with a chain.", "result");
    for (ArcStatus status : ArcStatus.values()) {
      arcResults.initLabelValues(status.word());
    }
    dmarcResults = metrics.counter("dovetail_milter_dmarc_results", "Results of DMARC.", "result");
    for (DmarcStatus status : DmarcStatus.values()) {
      dmarcResults.initLabelValues(status.word());
    }
    removedResults =
        metrics.counter(
            "dovetail_milter_removed_results",
            "Authentication-Results fields in our name that others had written, and that were removed.");
    archives = new ArchiveMetrics(metrics);
    longLines =
        metrics.counter(
            "dovetail_milter_long_line_messages",
            "Signed messages with lines over 998 octets, which a later hop may break.");
    refusals =
        metrics.counter(
            "dovetail_milter_negotiations_refused",
            "Connections closed because the MTA's offer would have broken signatures.");
    failures =
        metrics.counter("dovetail_milter_failures", "Messages on which Dovetail itself failed.");
    delay =
        metrics.histogram(
            "dovetail_milter_delay_seconds",
            "How long the MTA waited for the answer to the end of a message.");
  }

  void answered(MessageRecord message) {
    CounterDataPoint counter = messages.get(message.verdict().reason());
    if (counter != null) {
      counter.inc();
    }
    message
        .verdict()
        .signatures()
        .forEach(signature -> signatures.labelValues(signature.algorithm()).inc());
    message.verdict().findings().map(Verdict.Findings::report).ifPresent(this::verified);
    removedResults.inc(message.verdict().removedResults());
    archives.note(message.verdict().archival());
    if (message.verdict().longLines() > 0) {
      longLines.inc();
    }
    delay.observe(message.delay().toNanos() / NANOS);
  }

  private void verified(AuthReport report) {
    if (report.dkim().isEmpty()) {
      results.labelValues(AuthReport.NONE).inc();
    }
    report.dkim().forEach(result -> results.labelValues(result.status().word()).inc());
    report.client().spf().stream()
        .limit(1)
        .forEach(result -> spfResults.labelValues(result.status().word()).inc());
    report.arc().ifPresent(result -> arcResults.labelValues(result.status().word()).inc());
    report.dmarc().ifPresent(result -> dmarcResults.labelValues(result.status().word()).inc());
  }

  void failed() {
    failures.inc();
  }

  void refused() {
    refusals.inc();
  }
}
