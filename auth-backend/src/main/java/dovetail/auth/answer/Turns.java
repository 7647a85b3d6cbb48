package dovetail.auth.answer;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Lets two passwords of an account be compared at a time; its further ones wait, and those of
 * others go first. Accounts share places by chance, as many as there are. For any thread.
 */
final class Turns {
  private static final int PLACES = 1024;
  private static final int AT_ONCE = 2;

  private final Semaphore[] places =
      Stream.generate(() -> new Semaphore(AT_ONCE, true)).limit(PLACES).toArray(Semaphore[]::new);

  /**
   * Waits for a turn.
   *
   * @param place those of the same one wait for each other
   * @param nanos how long that is worth while, in nanoseconds
   * @return whether it has come; then it is to be given back
   */
  boolean take(String place, long nanos) {
    try {
      return of(place).tryAcquire(nanos, TimeUnit.NANOSECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  void giveBack(String place) {
    of(place).release();
  }

  private Semaphore of(String place) {
    int hash = place.hashCode();
    return places[Math.floorMod(hash ^ (hash >>> 16), PLACES)];
  }
}
