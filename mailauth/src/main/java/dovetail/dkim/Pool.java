package dovetail.dkim;

import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Objects that are costly to make and used by one thread at a time. Without locks, and without
 * thread locals, which virtual threads would fill once each.
 */
final class Pool<T> {
  private final int capacity;
  private final ConcurrentLinkedQueue<T> idle = new ConcurrentLinkedQueue<>();
  private final AtomicInteger size = new AtomicInteger();

  /** A pool that keeps at most that many idle objects. */
  Pool(int capacity) {
    this.capacity = capacity;
  }

  /** Takes an idle object out of the pool, if there is one. */
  Optional<T> take() {
    Optional<T> taken = Optional.ofNullable(idle.poll());
    if (taken.isPresent()) {
      size.decrementAndGet();
    }
    return taken;
  }

  /** Puts an object in that is as good as new; above the capacity it is dropped. */
  void give(T object) {
    if (size.incrementAndGet() > capacity) {
      size.decrementAndGet();
      return;
    }
    idle.add(object);
  }
}
