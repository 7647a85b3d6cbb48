package dovetail.server;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What to do when accept(2) fails, as it does when descriptors run out: say so once, and wait a
 * little longer each time, since the connection stays in the queue and would fail again at once.
 * For one thread.
 */
final class AcceptFailures {
  private static final Logger LOG = LoggerFactory.getLogger(AcceptFailures.class);
  private static final Duration FIRST = Duration.ofMillis(20);
  private static final Duration MOST = Duration.ofSeconds(1);

  private final String service;
  private Duration next = FIRST;

  AcceptFailures(String service) {
    this.service = service;
  }

  /** Records a failure; returns how long to wait before the next try. */
  Duration failed(Exception e) {
    Duration wait = next;
    if (wait.equals(FIRST)) {
      LOG.error("{}: connections cannot be accepted, trying on: {}", service, e.getMessage());
    }
    next = wait.multipliedBy(2).compareTo(MOST) > 0 ? MOST : wait.multipliedBy(2);
    return wait;
  }

  /** Records that a connection was accepted. */
  void succeeded() {
    if (!next.equals(FIRST)) {
      LOG.info("{}: connections are accepted again", service);
      next = FIRST;
    }
  }
}
