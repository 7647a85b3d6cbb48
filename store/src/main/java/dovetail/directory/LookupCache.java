package dovetail.directory;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/** Answers about one kind of thing. For any thread. */
final class LookupCache<K, V> {
  private final Function<K, Lookup<V>> source;
  private final Shared shared;
  // Of this kind alone: a row that cannot be read is no reason to doubt all others.
  private final Outage outage;
  private final Cache<K, Held<V>> cache;
  private final ConcurrentHashMap<K, CompletableFuture<Lookup<V>>> underWay =
      new ConcurrentHashMap<>();
  private final AtomicLong changes = new AtomicLong();

  /** What the caches of a directory share. */
  record Shared(CacheLimits limits, CacheCounts counts, LongSupplier nanos) {}

  /** An answer and when it was asked for. */
  private record Held<V>(Lookup<V> answer, long at) {}

  /** When something was begun to be read, and how many changes were known by then. */
  record Moment(long at, long changes) {}

  LookupCache(Function<K, Lookup<V>> source, Shared shared) {
    this.source = source;
    this.shared = shared;
    this.outage = new Outage(shared.limits().pause().toNanos(), shared.nanos());
    this.cache =
        Caffeine.newBuilder()
            .maximumSize(shared.limits().entries())
            .expireAfter(Expiry.writing((K key, Held<V> held) -> useful(held.answer())))
            .ticker(shared.nanos()::getAsLong)
            .executor(Runnable::run)
            .build();
  }

  /** What is not there is of no use later, and need not take the place of what is. */
  private Duration useful(Lookup<V> answer) {
    return answer instanceof Lookup.Found<V> ? shared.limits().stale() : shared.limits().absent();
  }

  Lookup<V> get(K key) {
    Optional<Held<V>> held = Optional.ofNullable(cache.getIfPresent(key));
    if (held.isPresent() && isFresh(held.get())) {
      shared.counts().hit();
      return held.get().answer();
    }
    Lookup<V> loaded =
        outage.why().<Lookup<V>>map(Lookup.Unavailable::new).orElseGet(() -> joined(key));
    if (loaded instanceof Lookup.Unavailable<V> && held.isPresent() && isUsable(held.get())) {
      shared.counts().stale();
      return held.get().answer();
    }
    return loaded;
  }

  private boolean isFresh(Held<V> held) {
    long age = shared.nanos().getAsLong() - held.at();
    return switch (held.answer()) {
      case Lookup.Found<V> _ -> age < shared.limits().found().toNanos();
      case Lookup.Absent<V> _ -> age < shared.limits().absent().toNanos();
      case Lookup.Unavailable<V> _ -> false;
    };
  }

  private boolean isUsable(Held<V> held) {
    return held.answer() instanceof Lookup.Found<V>
        && shared.nanos().getAsLong() - held.at() < shared.limits().stale().toNanos();
  }

  /** Asks, together with all who ask for the same at that time. */
  private Lookup<V> joined(K key) {
    CompletableFuture<Lookup<V>> mine = new CompletableFuture<>();
    CompletableFuture<Lookup<V>> others = underWay.putIfAbsent(key, mine);
    if (others != null) {
      return others.join();
    }
    try {
      Lookup<V> answer = load(key);
      mine.complete(answer);
      return answer;
    } catch (RuntimeException | Error e) {
      mine.completeExceptionally(e);
      throw e;
    } finally {
      underWay.remove(key, mine);
    }
  }

  private Lookup<V> load(K key) {
    shared.counts().load();
    Moment begun = now();
    Lookup<V> answer = source.apply(key);
    if (answer instanceof Lookup.Unavailable<V>(String why)) {
      outage.begin(why);
      shared.counts().failure();
      return answer;
    }
    outage.end();
    if (isOvertaken(begun)) {
      cache.invalidate(key);
    } else {
      put(key, answer, begun);
    }
    return answer;
  }

  private void put(K key, Lookup<V> answer, Moment begun) {
    cache.put(key, new Held<>(answer, begun.at()));
    if (isOvertaken(begun)) {
      cache.invalidate(key); // it changed between the question and now
    }
  }

  private boolean isOvertaken(Moment begun) {
    return changes.get() != begun.changes();
  }

  Moment now() {
    return new Moment(shared.nanos().getAsLong(), changes.get());
  }

  /** Whether so many answers more are kept without driving others out. */
  boolean hasRoom(int answers) {
    return cache.estimatedSize() + answers <= shared.limits().entries();
  }

  /** Takes what was found without being asked for, unless something has changed meanwhile. */
  void putAll(Map<K, V> found, Moment begun) {
    found.forEach((key, value) -> {
      Held<V> held = cache.getIfPresent(key);
      if (!isOvertaken(begun) && (held == null || held.at() < begun.at())) {
        put(key, new Lookup.Found<>(value), begun);
        shared.counts().ahead();
      }
    });
  }

  /** Something has changed: what was asked before it does not count any more. */
  void forget(K key) {
    changes.incrementAndGet();
    underWay.remove(key);
    cache.invalidate(key);
  }

  /** The same for all keys of which that is true. */
  void forgetIf(Predicate<K> condition) {
    changes.incrementAndGet();
    underWay.keySet().removeIf(condition);
    cache.asMap().keySet().removeIf(condition);
  }

  long size() {
    return cache.estimatedSize();
  }
}
