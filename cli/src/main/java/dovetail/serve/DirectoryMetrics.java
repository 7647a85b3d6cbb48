package dovetail.serve;

import dovetail.directory.CacheCounts;
import dovetail.directory.CachingDirectory;
import dovetail.observe.Metrics;
import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;

/** What is counted of the cache before the database. */
final class DirectoryMetrics {
  private DirectoryMetrics() {}

  static void register(Metrics metrics, CachingDirectory directory) {
    CacheCounts counts = directory.counts();
    CounterWithCallback.builder()
        .name("dovetail_directory_answers")
        .help(
            "Answers about what is hosted: known, loaded from the database, failed, stale ones that"
                + " were given while it was away, and those that were read ahead.")
        .labelNames("how")
        .callback(callback -> {
          callback.call((double) counts.hits(), "known");
          callback.call((double) (counts.loads() - counts.failures()), "loaded");
          callback.call((double) counts.failures(), "failed");
          callback.call((double) counts.staleAnswers(), "stale");
          callback.call((double) counts.readAhead(), "ahead");
        })
        .register(metrics.registry());
    GaugeWithCallback.builder()
        .name("dovetail_directory_addresses")
        .help("Addresses that are there and whose answer is kept.")
        .callback(callback -> callback.call((double) directory.size()))
        .register(metrics.registry());
  }
}
