package dovetail.policy;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dovetail.policy.rule.MessageSoFar;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * The messages under way, by their instance: Postfix has a connection of its own for each {@code
 * check_policy_service} that is written in another way, such as with another context, and may begin
 * a new one at any time. For any thread; a message is used by one at a time, who holds its lock.
 */
final class Messages {
  /** Longer than clients take for most messages. What is forgotten is counted as if never seen. */
  private static final Duration KEPT = Duration.ofHours(1);

  /** More are not under way at a time. */
  private static final int MOST = 5_000;

  private final Cache<String, MessageSoFar> all;

  Messages(LongSupplier nanos) {
    this.all =
        Caffeine.newBuilder()
            .maximumSize(MOST)
            .expireAfterAccess(KEPT)
            .ticker(nanos::getAsLong)
            .executor(Runnable::run)
            .build();
  }

  /** The message of an instance; a new one if it was never heard of, or has no instance. */
  MessageSoFar of(String instance) {
    return instance.isEmpty() ? new MessageSoFar() : all.get(instance, _ -> new MessageSoFar());
  }
}
