package dovetail.serve;

import dovetail.directory.edit.UnavailableException;
import dovetail.policy.source.StoredHistory;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps in the database what accounts are used to send, once a minute and at the end. */
final class HistoryThread implements AutoCloseable {
  private static final Logger logger = LoggerFactory.getLogger("policy");
  private static final Duration ROUND = Duration.ofMinutes(1);

  /** Until the first reading has succeeded, when tables may still be made. */
  private static final Duration SOON = Duration.ofSeconds(1);

  private final StoredHistory history;
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Thread thread = Thread.ofPlatform().daemon().name("history").unstarted(this::run);

  private HistoryThread(StoredHistory history) {
    this.history = history;
  }

  static HistoryThread start(StoredHistory history) {
    HistoryThread started = new HistoryThread(history);
    started.thread.start();
    return started;
  }

  private void run() {
    Duration pause = Duration.ZERO;
    boolean last;
    do {
      last = awaitEnd(pause);
      if (pause.isZero()) {
        pause = SOON;
      }
      try {
        history.exchange(InstantSource.system().instant());
        pause = ROUND;
      } catch (UnavailableException e) {
        logger.debug("what accounts send is not kept, the database is away: {}", e.getMessage());
      } catch (RuntimeException e) {
        logger.error("failed, what accounts send is not kept", e);
      }
    } while (!last);
  }

  private boolean awaitEnd(Duration pause) {
    try {
      return closing.await(pause.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  @Override
  public void close() {
    closing.countDown();
    try {
      thread.join(Duration.ofSeconds(5));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
