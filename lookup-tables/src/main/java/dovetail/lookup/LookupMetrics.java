package dovetail.lookup;

import dovetail.lookup.wire.Reply;
import dovetail.observe.Metrics;
import io.prometheus.metrics.core.datapoints.CounterDataPoint;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Histogram;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What the lookup tables count. */
final class LookupMetrics {
  private static final double NANOS = 1e9;

  /** The name under which requests for maps that there are not are counted. */
  static final String NO_MAP = "(unknown)";

  private final Counter requests;
  private final Histogram delay;
  private final Map<String, OfMap> maps = new ConcurrentHashMap<>();

  /** The counters of one map. */
  private record OfMap(
      CounterDataPoint ok,
      CounterDataPoint notFound,
      CounterDataPoint temp,
      CounterDataPoint perm) {
    CounterDataPoint of(Reply reply) {
      return switch (reply) {
        case Reply.Ok _ -> ok;
        case Reply.NotFound _ -> notFound;
        case Reply.Temp _ -> temp;
        case Reply.Perm _ -> perm;
      };
    }
  }

  LookupMetrics(Metrics metrics) {
    requests =
        metrics.counter(
            "dovetail_lookup_requests", "Lookups answered, by map and answer.", "map", "answer");
    delay =
        metrics.histogram(
            "dovetail_lookup_delay_seconds", "How long a lookup took, the network aside.");
  }

  /**
   * Counts one lookup.
   *
   * @param map a name that there is, or {@link #NO_MAP}
   */
  void answered(String map, Reply reply, long nanos) {
    maps.computeIfAbsent(map, this::ofMap).of(reply).inc();
    delay.observe(nanos / NANOS);
  }

  private OfMap ofMap(String map) {
    return new OfMap(
        requests.labelValues(map, "ok"),
        requests.labelValues(map, "notfound"),
        requests.labelValues(map, "temp"),
        requests.labelValues(map, "perm"));
  }
}
