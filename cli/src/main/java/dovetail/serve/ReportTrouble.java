package dovetail.serve;

import dovetail.ledger.Journal;
import dovetail.observe.Health;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says what goes wrong with what is kept for reports. */
final class ReportTrouble implements Journal.Watcher {
  private static final Logger logger = LoggerFactory.getLogger("report");

  private final ReportMetrics metrics;
  private final Health.Component health;

  ReportTrouble(ReportMetrics metrics, Health.Component health) {
    this.metrics = metrics;
    this.health = health;
  }

  @Override
  public void lost(long messages) {
    metrics.lost(messages);
  }

  @Override
  public void failed(RuntimeException cause) {
    metrics.lost(1);
    logger.error("failed on what was found in a message; it is in no report", cause);
  }

  @Override
  public void damaged(String what) {
    logger.error("{}", what);
  }

  @Override
  public void trouble(String what) {
    if (what.isEmpty()) {
      logger.info("what DMARC finds reaches the database");
      health.up("");
    } else {
      logger.error("{}", what);
      health.down(what);
    }
  }
}
