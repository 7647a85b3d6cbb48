package dovetail.directory;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;

/**
 * Remembers that the database has just failed, so that not everybody who asks waits for it in vain:
 * after a pause one may ask, and the others after another pause, until it answers. For any thread.
 */
public final class Outage {
  private final long pauseNanos;
  private final LongSupplier nanos;
  private final AtomicReference<Optional<Failed>> last = new AtomicReference<>(Optional.empty());

  private record Failed(String why, long at) {}

  /**
   * @param pauseNanos how long the database is left alone, in nanoseconds
   * @param nanos a clock that only goes forward, in nanoseconds
   */
  public Outage(long pauseNanos, LongSupplier nanos) {
    this.pauseNanos = pauseNanos;
    this.nanos = nanos;
  }

  /** It has failed. */
  public void begin(String why) {
    last.set(Optional.of(new Failed(why, nanos.getAsLong())));
  }

  /** It has answered. */
  public void end() {
    if (last.get().isPresent()) {
      last.set(Optional.empty());
    }
  }

  /** Why the database is not to be asked now; nothing for one who is to ask it. */
  public Optional<String> why() {
    Optional<Failed> known = last.get();
    if (known.isEmpty()) {
      return Optional.empty();
    }
    Failed failed = known.get();
    long now = nanos.getAsLong();
    boolean asks =
        now - failed.at() >= pauseNanos
            && last.compareAndSet(known, Optional.of(new Failed(failed.why(), now)));
    return asks ? Optional.empty() : Optional.of(failed.why());
  }
}
