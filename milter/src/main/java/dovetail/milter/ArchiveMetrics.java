package dovetail.milter;

import dovetail.milter.filter.Archival;
import dovetail.milter.filter.Archival.Gap;
import dovetail.observe.Metrics;
import io.prometheus.metrics.core.metrics.Counter;
import java.util.EnumSet;

/** What the milter counts of copies for archives. */
final class ArchiveMetrics {
  private static final String ADDED = "added";
  private static final String BEFORE = "before";

  private final Counter copies;
  private final Counter gaps;

  ArchiveMetrics(Metrics metrics) {
    copies =
        metrics.counter(
            "dovetail_milter_archive_copies",
            "Copies for archives: added, or not for a message that had them before.",
            "outcome");
    copies.initLabelValues(ADDED);
    copies.initLabelValues(BEFORE);
    gaps =
        metrics.counter(
            "dovetail_milter_archive_gaps",
            "Messages of which archives have no copy, or one that is not quiet, by what is missing.",
            "gap");
    for (Gap gap : EnumSet.complementOf(EnumSet.of(Gap.NONE))) {
      gaps.initLabelValues(gap.word());
    }
  }

  /** A message has been answered. */
  void note(Archival archival) {
    copies.labelValues(ADDED).inc(archival.to().size());
    copies.labelValues(BEFORE).inc(archival.before().size());
    if (archival.gap() != Gap.NONE) {
      gaps.labelValues(archival.gap().word()).inc();
    }
  }
}
