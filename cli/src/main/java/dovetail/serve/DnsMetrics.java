package dovetail.serve;

import dovetail.dns.Answer;
import dovetail.dns.DnsObserver;
import dovetail.dns.Failure;
import dovetail.observe.Metrics;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Histogram;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** Counts what is asked of the DNS. */
final class DnsMetrics implements DnsObserver {
  private static final double NANOS = 1e9;

  /** The values of {@code source}. */
  private static final String CACHE = "cache";

  private static final String JOINED = "joined";
  private static final String ASKED = "asked";

  private final Counter lookups;
  private final Counter failures;
  private final Histogram time;

  DnsMetrics(Metrics metrics) {
    lookups =
        metrics.counter(
            "dovetail_dns_lookups",
            "Questions to the DNS: answered from the cache, joined to one under way, or asked.",
            "source");
    for (String source : List.of(CACHE, JOINED, ASKED)) {
      lookups.initLabelValues(source);
    }
    failures =
        metrics.counter("dovetail_dns_failures", "Questions without an answer, by why.", "failure");
    for (Failure failure : Failure.values()) {
      failures.initLabelValues(word(failure));
    }
    time = metrics.histogram("dovetail_dns_answer_seconds", "How long asking took.");
  }

  private static String word(Failure failure) {
    return failure.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  @Override
  public void known() {
    lookups.labelValues(CACHE).inc();
  }

  @Override
  public void joined() {
    lookups.labelValues(JOINED).inc();
  }

  @Override
  public void answered(Answer<?> answer, Duration took) {
    if (answer instanceof Answer.Failed<?>(Failure failure)) {
      failures.labelValues(word(failure)).inc();
      if (failure == Failure.TOO_MANY) {
        return; // nothing was asked
      }
    }
    lookups.labelValues(ASKED).inc();
    time.observe(took.toNanos() / NANOS);
  }
}
