package dovetail.server;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Holds answers back, until all is over. Who waits should be a virtual thread. For any thread. */
public final class Patience {
  private final CountDownLatch over = new CountDownLatch(1);

  /** Waits that long; false if all is over before, or the thread is interrupted. */
  public boolean hold(Duration delay) {
    try {
      return !delay.isPositive() || !over.await(delay.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Holds nothing back any more, whatever waits included. */
  public void stop() {
    over.countDown();
  }
}
