package dovetail.lookup.mtasts;

import java.time.Duration;
import java.time.Instant;

/**
 * A policy that was fetched.
 *
 * @param id that of the record by which it was found
 * @param fetched when, by the clock of then
 * @param policy the policy
 * @param since from when it holds as long as the clock shows a time before that: one of the two was
 *     wrong
 */
record HeldPolicy(String id, Instant fetched, Policy policy, Instant since) {
  /** How old a policy may become before it is looked at again of itself (RFC 8461 10.2). */
  private static final Duration DAILY = Duration.ofDays(1);

  HeldPolicy(String id, Instant fetched, Policy policy) {
    this(id, fetched, policy, fetched);
  }

  /** The same, as somebody has it who finds it now. */
  HeldPolicy found(Instant now) {
    return now.isBefore(fetched) ? new HeldPolicy(id, fetched, policy, now) : this;
  }

  /** Whether it holds no longer (RFC 8461 3.2, 5.1). */
  boolean isOver(Instant now) {
    Instant from = now.isBefore(fetched) ? since : fetched;
    return !now.isBefore(from.plus(policy.maxAge()));
  }

  /** Whether it is over for good: not only for a clock that is wrong and will be set. */
  boolean hasEnded(Instant now) {
    return !now.isBefore(end());
  }

  Instant end() {
    return fetched.plus(policy.maxAge());
  }

  /**
   * Whether it is time to fetch it anew, so that it does not end while it is still meant; always if
   * nobody knows how old it is.
   */
  boolean isDue(Instant now) {
    Duration half = policy.maxAge().dividedBy(2);
    return now.isBefore(fetched)
        || !now.isBefore(fetched.plus(half.compareTo(DAILY) < 0 ? half : DAILY));
  }
}
