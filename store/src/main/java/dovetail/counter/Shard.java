package dovetail.counter;

import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A part of all counters, with a lock of its own. All but {@link #sweepIfDue} is for the thread
 * that holds it.
 */
final class Shard {
  /** So rarely that it costs nothing, and often enough that what is over goes. */
  private static final int SWEEP_EACH = 4096;

  private static final int SWEEP_LEAST = 32;

  /** Strangers who come all the time and go on using must not have it swept all the time. */
  private static final long SWEEP_PAUSE = Moment.SECOND;

  final ReentrantLock lock = new ReentrantLock();

  private final Map<CounterName, Counter> counters = new HashMap<>();
  private final Totals totals;
  private int made;
  private int visits;

  /** No counter is over before, as long as the clock goes forward. */
  private volatile long due = Moment.NEVER;

  private volatile long looked = Moment.NEVER;

  /** How many counters there are in all shards. */
  record Totals(AtomicInteger all, AtomicInteger strangers, int mostStrangers) {
    Totals(int mostStrangers) {
      this(new AtomicInteger(), new AtomicInteger(), mostStrangers);
    }

    boolean isFull() {
      return strangers.get() >= mostStrangers;
    }

    private boolean admit(boolean stranger) {
      if (stranger && strangers.incrementAndGet() > mostStrangers) {
        strangers.decrementAndGet();
        return false;
      }
      all.incrementAndGet();
      return true;
    }

    private void dismiss(boolean stranger) {
      all.decrementAndGet();
      if (stranger) {
        strangers.decrementAndGet();
      }
    }
  }

  Shard(Totals totals) {
    this.totals = totals;
  }

  Optional<Counter> find(CounterName name) {
    return Optional.ofNullable(counters.get(name));
  }

  /** Finds a counter or makes one; nothing if strangers have as many as they may. */
  Optional<Counter> make(CounterName name, Origin origin, Moment now) {
    if (++visits >= SWEEP_EACH) {
      sweep(now);
    }
    Counter known = counters.get(name);
    if (known != null) {
      if (known.isStranger() && origin == Origin.OWN) {
        known.adopt();
        totals.strangers().decrementAndGet();
      }
      return Optional.of(known);
    }
    if (++made >= Math.max(SWEEP_LEAST, counters.size() / 2)) {
      sweep(now);
    }
    if (!totals.admit(origin == Origin.STRANGER)) {
      return Optional.empty();
    }
    Counter fresh = new Counter(name, origin);
    counters.put(name, fresh);
    return Optional.of(fresh);
  }

  /** Learns when a counter will be over, which may be sooner than all others. */
  void learn(long overAt, Moment now) {
    if (overAt < due) {
      due = overAt;
    }
    if (looked == Moment.NEVER) {
      looked = now.nanos();
    }
  }

  /** Forgets the counters that are over. */
  void sweep(Moment now) {
    visits = 0;
    made = 0;
    long next = Moment.NEVER;
    for (Iterator<Counter> all = counters.values().iterator(); all.hasNext(); ) {
      Counter counter = all.next();
      long overAt = counter.overAt(now);
      if (overAt <= now.nanos()) {
        all.remove();
        dismiss(counter);
      } else {
        next = Math.min(next, overAt);
      }
    }
    due = Math.max(next, now.nanos() + SWEEP_PAUSE);
    looked = now.nanos();
  }

  /** Does so if one may be over, and nobody holds the lock. For any thread. */
  void sweepIfDue(Moment now) {
    boolean isDue = now.nanos() >= due || now.nanos() < looked;
    if (isDue && lock.tryLock()) {
      try {
        sweep(now);
      } finally {
        lock.unlock();
      }
    }
  }

  private void dismiss(Counter counter) {
    counter.forget();
    totals.dismiss(counter.isStranger());
  }
}
