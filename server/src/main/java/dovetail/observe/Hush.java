package dovetail.observe;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.function.LongSupplier;

/**
 * Lets each thing be said once in a while. Strangers choose many of them, so there is a most for
 * all together, too. For any thread.
 */
public final class Hush {
  private final long pause;
  private final int most;
  private final LongSupplier nanos;

  /** When each was said, the oldest first. */
  private final SequencedMap<String, Long> said = new LinkedHashMap<>();

  /**
   * @param most how many things may be said within the pause
   */
  public Hush(Duration pause, int most, LongSupplier nanos) {
    this.pause = pause.toNanos();
    this.most = most;
    this.nanos = nanos;
  }

  /** Whether that is to be said now. */
  public synchronized boolean speaks(String what) {
    long now = nanos.getAsLong();
    while (!said.isEmpty() && now - said.firstEntry().getValue() >= pause) {
      said.pollFirstEntry();
    }
    return said.size() < most && said.putIfAbsent(what, now) == null;
  }
}
