package dovetail.serve;

import dovetail.auth.source.StoredLogins;
import dovetail.directory.edit.UnavailableException;
import dovetail.directory.login.BlockStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps in the database what logins leave behind, twice a second and at the end. */
final class LoginThread implements AutoCloseable {
  private static final Logger logger = LoggerFactory.getLogger("auth");
  private static final Duration ROUND = Duration.ofMillis(500);
  private static final Duration SWEEP = Duration.ofHours(1);

  private final StoredLogins logins;
  private final BlockStore blocks;
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Thread thread = Thread.ofPlatform().daemon().name("logins").unstarted(this::run);
  private Instant swept = Instant.MIN;

  private LoginThread(StoredLogins logins, BlockStore blocks) {
    this.logins = logins;
    this.blocks = blocks;
  }

  static LoginThread start(StoredLogins logins, BlockStore blocks) {
    LoginThread started = new LoginThread(logins, blocks);
    started.thread.start();
    return started;
  }

  private void run() {
    boolean last;
    do {
      last = awaitEnd();
      try {
        logins.exchange();
        sweep();
      } catch (UnavailableException e) {
        logger.debug("what logins leave is not kept, the database is away: {}", e.getMessage());
      } catch (RuntimeException e) {
        logger.error("failed, what logins leave is not kept", e);
      }
    } while (!last);
  }

  private void sweep() throws UnavailableException {
    Instant now = InstantSource.system().instant();
    if (swept.isBefore(now.minus(SWEEP))) {
      blocks.forget(now.minus(SWEEP));
      swept = now;
    }
  }

  private boolean awaitEnd() {
    try {
      return closing.await(ROUND.toNanos(), TimeUnit.NANOSECONDS);
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
