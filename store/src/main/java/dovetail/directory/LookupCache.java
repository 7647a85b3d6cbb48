package dovetail.directory;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
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
  // Of this kind alone: a row that cannot be read is no reason to doubt all others. An answer that
  // was waited for in vain is.
  private final Outage outage;
  private final Cache<K, Held<V>> found;
  // Apart: whoever asks for thousands that are not there drives nobody out who is.
  private final Cache<K, Held<V>> absent;
  private final ConcurrentHashMap<K, CompletableFuture<Lookup<V>>> underWay =
      new ConcurrentHashMap<>();
  private final AtomicLong changes = new AtomicLong();

  /**
   * What the caches of a directory share.
   *
   * @param outage of the database as a whole
   */
  record Shared(CacheLimits limits, CacheCounts counts, LongSupplier nanos, Outage outage) {
    Shared(CacheLimits limits, CacheCounts counts, LongSupplier nanos) {
      this(limits, counts, nanos, new Outage(limits.pause().toNanos(), nanos));
    }

    /** The same with other limits. */
    Shared with(CacheLimits other) {
      return new Shared(other, counts, nanos, outage);
    }
  }

  /** An answer and when it was asked for. */
  private record Held<V>(Lookup<V> answer, long at) {}

  /** When something was begun to be read, and how many changes were known by then. */
  record Moment(long at, long changes) {}

  LookupCache(Function<K, Lookup<V>> source, Shared shared) {
    this.source = source;
    this.shared = shared;
    this.outage = new Outage(shared.limits().pause().toNanos(), shared.nanos());
    this.found = cache(shared.limits().stale());
    this.absent = cache(shared.limits().absent());
  }

  private Cache<K, Held<V>> cache(Duration useful) {
    return Caffeine.newBuilder()
        .maximumSize(shared.limits().entries())
        .expireAfterWrite(useful)
        .ticker(shared.nanos()::getAsLong)
        .executor(Runnable::run)
        .build();
  }

  Lookup<V> get(K key) {
    Optional<Held<V>> held = held(key);
    if (held.isPresent() && isFresh(held.get())) {
      shared.counts().hit();
      return held.get().answer();
    }
    Lookup<V> loaded =
        outage
            .why()
            .or(shared.outage()::why)
            .<Lookup<V>>map(Lookup.Unavailable::new)
            .orElseGet(() -> joined(key));
    if (loaded instanceof Lookup.Unavailable<V> && held.isPresent() && isUsable(held.get())) {
      shared.counts().stale();
      return held.get().answer();
    }
    return loaded;
  }

  /** The database is known to answer: it is asked again at once. */
  void answered() {
    outage.end();
    shared.outage().end();
  }

  /** What is known without asking. */
  Optional<Lookup<V>> fresh(K key) {
    return held(key).filter(this::isFresh).map(Held::answer);
  }

  private Optional<Held<V>> held(K key) {
    return Optional.ofNullable(found.getIfPresent(key))
        .or(() -> Optional.ofNullable(absent.getIfPresent(key)));
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
      boolean slow = shared.nanos().getAsLong() - begun.at() >= shared.limits().pause().toNanos();
      (slow ? shared.outage() : outage).begin(why);
      shared.counts().failure();
      return answer;
    }
    answered();
    if (isOvertaken(begun)) {
      drop(key);
    } else {
      put(key, answer, begun);
    }
    return answer;
  }

  private void put(K key, Lookup<V> answer, Moment begun) {
    boolean there = answer instanceof Lookup.Found<V>;
    (there ? found : absent).put(key, new Held<>(answer, begun.at()));
    (there ? absent : found).invalidate(key);
    if (isOvertaken(begun)) {
      drop(key); // it changed between the question and now
    }
  }

  private void drop(K key) {
    found.invalidate(key);
    absent.invalidate(key);
  }

  private boolean isOvertaken(Moment begun) {
    return changes.get() != begun.changes();
  }

  Moment now() {
    return new Moment(shared.nanos().getAsLong(), changes.get());
  }

  /** Whether so many more that are there can be kept without driving others out. */
  boolean hasRoom(int answers) {
    return found.estimatedSize() + answers <= shared.limits().entries();
  }

  /** Takes what was found without being asked for, unless something has changed meanwhile. */
  void putAll(Map<K, V> all, Moment begun) {
    all.forEach((key, value) -> {
      boolean nothingNewer = held(key).filter(held -> held.at() >= begun.at()).isEmpty();
      if (nothingNewer && !isOvertaken(begun)) {
        put(key, new Lookup.Found<>(value), begun);
        shared.counts().ahead();
      }
    });
  }

  /** Something has changed: what was asked before it does not count any more. */
  void forget(K key) {
    changes.incrementAndGet();
    underWay.remove(key);
    drop(key);
  }

  /** The same for all keys of which that is true. */
  void forgetIf(Predicate<K> condition) {
    changes.incrementAndGet();
    underWay.keySet().removeIf(condition);
    found.asMap().keySet().removeIf(condition);
    absent.asMap().keySet().removeIf(condition);
  }

  /** How many that are there are kept, about. */
  long size() {
    return found.estimatedSize();
  }
}
