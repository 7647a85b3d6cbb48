package dovetail.lookup.mtasts;

import java.time.Duration;
import java.time.Instant;

/**
 * A policy that was fetched.
 *
 * @param id that of the record by which it was found
 * @param fetched when
 * @param policy the policy
 */
record HeldPolicy(String id, Instant fetched, Policy policy) {
  /** How old a policy may become before it is looked at again of itself (RFC 8461 10.2). */
  private static final Duration DAILY = Duration.ofDays(1);

  /** Whether it holds no longer (RFC 8461 3.2, 5.1). */
  boolean isOver(Instant now) {
    return !now.isBefore(end());
  }

  Instant end() {
    return fetched.plus(policy.maxAge());
  }

  /** Whether it is time to fetch it anew, so that it does not end while it is still meant. */
  boolean isDue(Instant now) {
    Duration half = policy.maxAge().dividedBy(2);
    return !now.isBefore(fetched.plus(half.compareTo(DAILY) < 0 ? half : DAILY));
  }
}
