package dovetail.policy;

import dovetail.policy.rule.MessageSoFar;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.function.LongSupplier;

/**
 * The messages under way, by their instance: Postfix has a connection of its own for each {@code
 * check_policy_service} that is written in another way, such as with another context, and may begin
 * a new one at any time. For any thread; a message is used by one at a time, who holds its lock.
 */
final class Messages {
  /** Far more than are under way at a time. What is forgotten is counted as if never seen. */
  private static final int MOST = 10_000;

  /** Of all of them together: some ten megabytes. */
  private static final int MOST_DOMAINS = 100_000;

  /** Nobody takes longer from one request to the next: a large message over a slow line. */
  private static final long KEPT = Duration.ofMinutes(60).toNanos();

  private static final float LOAD = 0.75f;

  private final LongSupplier nanos;

  /** Those that were asked about longest ago come first. */
  private final SequencedMap<String, Entry> all = new LinkedHashMap<>(16, LOAD, true);

  private long domains;

  private static final class Entry {
    final MessageSoFar message = new MessageSoFar();
    long asked;

    /** How many domains it had when it was asked about. */
    int domains;
  }

  /**
   * @param nanos a clock that only goes forward, in nanoseconds
   */
  Messages(LongSupplier nanos) {
    this.nanos = nanos;
  }

  /** The message of an instance; a new one if it was never heard of, or has no instance. */
  MessageSoFar of(String instance) {
    long now = nanos.getAsLong();
    synchronized (all) {
      while (!all.isEmpty() && now - all.firstEntry().getValue().asked >= KEPT) {
        forgetOne();
      }
      if (instance.isEmpty()) {
        return new MessageSoFar();
      }
      Entry entry = all.computeIfAbsent(instance, _ -> new Entry());
      entry.asked = now;
      int known = entry.message.knownDomains();
      domains += known - entry.domains;
      entry.domains = known;
      while (all.size() > MOST || (domains > MOST_DOMAINS && all.size() > 1)) {
        forgetOne();
      }
      return entry.message;
    }
  }

  private void forgetOne() {
    domains -= all.pollFirstEntry().getValue().domains;
  }
}
