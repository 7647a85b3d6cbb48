package dovetail.auth.answer;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Sessions whose passwords were checked here, so that what Dovecot's auth policy reports of them
 * does not count once more. For any thread.
 */
public final class CountedSessions {
  private static final int MOST = 100_000;
  private static final int LONGEST = 200;
  private static final Duration KEPT = Duration.ofMinutes(10);

  private final Cache<String, Boolean> sessions;

  /**
   * @param nanos a clock that only goes forward, in nanoseconds
   */
  public CountedSessions(LongSupplier nanos) {
    this.sessions =
        Caffeine.newBuilder()
            .maximumSize(MOST)
            .expireAfterWrite(KEPT)
            .ticker(nanos::getAsLong)
            .executor(Runnable::run)
            .build();
  }

  /** Takes note of one. */
  public void add(String session) {
    if (session.length() <= LONGEST) {
      sessions.put(session, true);
    }
  }

  /** Whether it is one. */
  public boolean has(String session) {
    return sessions.getIfPresent(session) != null;
  }
}
