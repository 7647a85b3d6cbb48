package dovetail.policy.rule;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/**
 * What accounts have done lately, as each rule of type {@code breaker} has seen it. It outlives the
 * rules: after a reload the rule of the same name goes on with it. For any thread.
 */
public final class Activities {
  /** Longer than anything that is looked at. */
  private static final Duration FORGOTTEN = Duration.ofHours(2);

  private final LongSupplier nanos;
  private final String span;
  private final Map<String, Cache<String, Activity>> all = new ConcurrentHashMap<>();

  /**
   * Those of accounts that are quiet are forgotten.
   *
   * @param nanos a clock that only goes forward, in nanoseconds
   */
  public Activities(LongSupplier nanos) {
    this(nanos, "in ten minutes");
  }

  private Activities(LongSupplier nanos, String span) {
    this.nanos = nanos;
    this.span = span;
  }

  /** For a trial of one message, which does not know what came before it. */
  public static Activities ofOneMessage() {
    return new Activities(() -> 0, "by this message alone");
  }

  /** For people: what is seen. */
  String span() {
    return span;
  }

  /** What the rule of that name has seen, by account. */
  Cache<String, Activity> of(String rule) {
    return all.computeIfAbsent(
        rule,
        _ ->
            Caffeine.newBuilder()
                .expireAfterAccess(FORGOTTEN)
                .ticker(nanos::getAsLong)
                .executor(Runnable::run)
                .build());
  }

  /** Forgets what other rules than these have seen. */
  public void keep(List<NamedRule> rules) {
    Set<String> names =
        rules.stream()
            .filter(rule -> rule.rule() instanceof BreakerRule)
            .map(NamedRule::name)
            .collect(Collectors.toSet());
    all.keySet().retainAll(names);
  }
}
