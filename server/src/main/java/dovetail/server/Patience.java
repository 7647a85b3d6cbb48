package dovetail.server;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Holds answers back, until all is over. Who waits should be a virtual thread. For any thread. */
public final class Patience {
  private final CountDownLatch over = new CountDownLatch(1);

  /** Returns when that time has passed, or all is over, or the thread is interrupted. */
  public void hold(Duration delay) {
    if (!delay.isPositive()) {
      return;
    }
    try {
      boolean _ = over.await(delay.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /** Holds nothing back any more, whatever waits included. */
  public void stop() {
    over.countDown();
  }
}
