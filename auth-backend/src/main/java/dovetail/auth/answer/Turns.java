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
   * @param until when that is no longer worth while, by {@link System#nanoTime}
   * @return whether it has come; then it is to be given back
   */
  boolean take(String user, long until) {
    try {
      return place(user).tryAcquire(until - System.nanoTime(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  void giveBack(String user) {
    place(user).release();
  }

  private Semaphore place(String user) {
    int hash = user.hashCode();
    return places[Math.floorMod(hash ^ (hash >>> 16), PLACES)];
  }
}
