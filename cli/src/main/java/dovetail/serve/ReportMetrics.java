package dovetail.serve;

import dovetail.ledger.Delivery;
import dovetail.observe.Metrics;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import java.util.function.IntSupplier;

/** What is counted of reports. */
final class ReportMetrics {
  private final Metrics metrics;
  private final Counter deliveries;
  private final Counter lost;

  ReportMetrics(Metrics metrics) {
    this.metrics = metrics;
    deliveries =
        metrics.counter(
            "dovetail_report_deliveries", "Reports that were tried to be sent.", "state");
    for (Delivery.State state : Delivery.State.values()) {
      deliveries.initLabelValues(state.word());
    }
    lost =
        metrics.counter(
            "dovetail_report_lost_messages",
            "Messages that are in no report: there was no room to keep what was found.");
  }

  void tried(Delivery.State state) {
    deliveries.labelValues(state.word()).inc();
  }

  void lost(long messages) {
    lost.inc(messages);
  }

  void waiting(IntSupplier files) {
    GaugeWithCallback.builder()
        .name("dovetail_report_spool_files")
        .help("Files of what was found that wait for the database.")
        .callback(callback -> callback.call(files.getAsInt()))
        .register(metrics.registry());
  }
}
