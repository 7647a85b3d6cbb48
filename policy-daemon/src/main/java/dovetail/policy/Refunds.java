package dovetail.policy;

import dovetail.policy.rule.Ruling;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.LongSupplier;

/**
 * What messages were charged a moment ago: milters speak after the policy daemon, and what ours
 * refuses was not sent. For any thread.
 */
final class Refunds {
  /** No milter of ours takes longer. */
  private static final long KEPT = Duration.ofMinutes(10).toNanos();

  /** More messages than that are not at their end at the same time. */
  private static final int MOST = 10_000;

  private final LongSupplier nanos;
  private final SequencedMap<String, Kept> all = new LinkedHashMap<>();

  private record Kept(List<Ruling.Receipt> receipts, long at) {}

  Refunds(LongSupplier nanos) {
    this.nanos = nanos;
  }

  /** Keeps what a message was charged. */
  synchronized void keep(String queueId, List<Ruling.Receipt> receipts) {
    all.remove(queueId); // of a message before, to which Postfix gave the same name
    if (queueId.isEmpty() || receipts.isEmpty()) {
      return;
    }
    long now = nanos.getAsLong();
    while (!all.isEmpty() && isOld(all.firstEntry(), now)) {
      all.pollFirstEntry();
    }
    all.putLast(queueId, new Kept(receipts, now));
  }

  private boolean isOld(Map.Entry<String, Kept> entry, long now) {
    return all.size() >= MOST || now - entry.getValue().at() >= KEPT;
  }

  /** Gives it back. */
  void refund(String queueId) {
    Kept kept;
    synchronized (this) {
      kept = all.remove(queueId);
    }
    if (kept != null) {
      kept.receipts().forEach(Ruling.Receipt::refund);
    }
  }
}
