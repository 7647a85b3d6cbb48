package dovetail.lookup;

import dovetail.lookup.mtasts.FetchFailure;
import dovetail.lookup.mtasts.MtaStsObserver;
import dovetail.mail.Domain;
import dovetail.observe.Hush;
import dovetail.observe.Metrics;
import io.prometheus.metrics.core.metrics.Counter;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts what becomes of policies, and has a line for each that could not be had, with why. */
public final class MtaStsLog implements MtaStsObserver {
  private static final Logger logger = LoggerFactory.getLogger("mta-sts");
  private static final Duration QUIET = Duration.ofHours(1);
  private static final int MOST_QUIET = 1_000;
  private static final String FETCHED = "fetched";

  private final Counter fetches;
  private final Hush said;

  /**
   * A log.
   *
   * @param nanos a clock that only goes forward, in nanoseconds
   */
  public MtaStsLog(Metrics metrics, LongSupplier nanos) {
    this.fetches =
        metrics.counter(
            "dovetail_mta_sts_fetches", "Policies of MTA-STS looked up, by outcome.", "outcome");
    fetches.initLabelValues(FETCHED);
    for (FetchFailure failure : FetchFailure.values()) {
      fetches.initLabelValues(failure.word());
    }
    this.said = new Hush(QUIET, MOST_QUIET, nanos);
  }

  @Override
  public void fetched(Domain domain) {
    fetches.labelValues(FETCHED).inc();
    logger.debug("{}: fetched", domain);
  }

  @Override
  public void refused(Domain domain, FetchFailure why, String detail, boolean held) {
    fetches.labelValues(why.word()).inc();
    if (said.speaks(domain + " " + why.word())) {
      logger.warn(
          "{}: no policy: {}{}{}",
          domain,
          why.word(),
          detail.isEmpty() ? "" : ": " + detail,
          held ? "; the one from before goes on" : "");
    }
  }

  @Override
  public void badRecord(Domain domain, String why) {
    if (said.speaks(domain + " " + why)) {
      logger.warn("{}: no policy: its record: {}", domain, why);
    }
  }

  @Override
  public void unconfirmed(Domain domain, String why) {
    if (said.speaks(domain + " " + why)) {
      logger.warn("{}: {}; the policy from before goes on", domain, why);
    }
  }

  @Override
  public void fault(Domain domain, Throwable cause) {
    if (said.speaks("fault " + cause.getClass())) {
      logger.error("{}: failed on this policy", domain, cause);
    }
  }

  @Override
  public void folder(String what) {
    if (said.speaks(what)) {
      logger.warn("{}", what);
    }
  }
}
