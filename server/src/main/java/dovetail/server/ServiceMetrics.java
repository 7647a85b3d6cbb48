package dovetail.server;

import dovetail.observe.Metrics;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Gauge;

/** The numbers that every service has; one set for the process, labelled by service. */
final class ServiceMetrics {
  private final Counter connections;
  private final Gauge open;
  private final Counter failures;

  ServiceMetrics(Metrics metrics) {
    connections =
        metrics.counter(
            "dovetail_connections", "Connections that have ended, and how.", "service", "outcome");
    open = metrics.gauge("dovetail_connections_open", "Connections that are open.", "service");
    failures =
        metrics.counter(
            "dovetail_accept_failures", "Connections that could not be accepted.", "service");
  }

  /** From the start on, so that the first of each kind is seen as one more. */
  void serves(String service) {
    open.initLabelValues(service);
    failures.initLabelValues(service);
    for (Outcome outcome : Outcome.values()) {
      connections.initLabelValues(service, outcome.word());
    }
  }

  void opened(String service) {
    open.labelValues(service).inc();
  }

  void ended(String service, Outcome outcome) {
    open.labelValues(service).dec();
    connections.labelValues(service, outcome.word()).inc();
  }

  void refused(String service) {
    connections.labelValues(service, Outcome.REFUSED.word()).inc();
  }

  void acceptFailed(String service) {
    failures.labelValues(service).inc();
  }
}
