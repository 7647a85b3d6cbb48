package dovetail.observe;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/** Counts what is to be told, and says when: at once, and then not before some time has passed. */
public final class Tally {
  private final long pause;
  private final LongSupplier nanos;
  private final AtomicLong untold = new AtomicLong();
  private final AtomicLong next;

  public Tally(Duration pause, LongSupplier nanos) {
    this.pause = pause.toNanos();
    this.nanos = nanos;
    this.next = new AtomicLong(nanos.getAsLong());
  }

  /** Counts one more; returns how many are to be told now, 0 if none are. */
  public long add() {
    untold.incrementAndGet();
    long now = nanos.getAsLong();
    long due = next.get();
    return now - due >= 0 && next.compareAndSet(due, now + pause) ? untold.getAndSet(0) : 0;
  }
}
