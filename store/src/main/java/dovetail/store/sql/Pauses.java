package dovetail.store.sql;

import dovetail.directory.edit.UnavailableException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/** Waits before another try, until the database is closed at most. For any thread. */
final class Pauses {
  private static final Duration FIRST = Duration.ofMillis(5);

  private final RandomGenerator random;
  private final CountDownLatch closed = new CountDownLatch(1);

  /**
   * @param random for any thread
   */
  Pauses(RandomGenerator random) {
    this.random = random;
  }

  /** Longer each time, and not the same for all who were in one another's way. */
  void before(int attempt) throws UnavailableException {
    long most = FIRST.toNanos() << attempt;
    try {
      if (closed.await(random.nextLong(most / 2, most), TimeUnit.NANOSECONDS)) {
        throw new UnavailableException("the database is closed");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UnavailableException("interrupted", e);
    }
  }

  /** No more tries. */
  void close() {
    closed.countDown();
  }
}
