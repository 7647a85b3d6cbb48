package dovetail.auth.source;

import dovetail.directory.edit.UnavailableException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * What is to be written of things that come again and again: the last of each, at once when it
 * comes, and then no more often than once a minute. So a program that logs in every few seconds
 * costs the database no more than one that stays. For any thread; one at a time writes.
 */
final class Latest<K, V> {
  private static final Duration APART = Duration.ofMinutes(1);

  /** With so much unwritten the database has been away for long, and more is not kept. */
  private static final int MOST = 100_000;

  /** So much goes into one transaction. */
  static final int MOST_AT_ONCE = 5_000;

  /** So much goes with one call, so that a rush of logins is no rush of writes. */
  static final int MOST_A_CALL = 1_000;

  private final LongSupplier nanos;

  /** What goes with the next round. */
  private final Map<K, V> soon = new ConcurrentHashMap<>();

  /**
   * What was written since the minute began, and has changed again: it goes with the next minute.
   */
  private final Map<K, V> later = new ConcurrentHashMap<>();

  /** Of what is in neither, what was written since the minute began. */
  private final Set<K> written = ConcurrentHashMap.newKeySet();

  private long began;
  private volatile boolean hurried;

  /**
   * @param nanos a clock that only goes forward, in nanoseconds
   */
  Latest(LongSupplier nanos) {
    this.nanos = nanos;
    this.began = nanos.getAsLong();
  }

  /**
   * Takes a value, in place of an older one of that key; lets it go where too much waits already.
   */
  void put(K key, V value) {
    Map<K, V> place = !hurried && written.contains(key) ? later : soon;
    if (soon.size() + later.size() < MOST || place.containsKey(key)) {
      place.put(key, value);
    }
  }

  /** From now on all is to be written at once. */
  void hurry() {
    hurried = true;
  }

  /** Puts values where they are kept. */
  @FunctionalInterface
  interface Store<V> {
    /**
     * Keeps all of them, or none.
     *
     * @throws UnavailableException if the database does not answer
     */
    void keep(List<V> values) throws UnavailableException;
  }

  /**
   * Writes what is to be written now; not everything, if that is much.
   *
   * @throws UnavailableException if the database does not answer; what is not kept stays here
   */
  void write(Store<V> store) throws UnavailableException {
    beginMinute();
    int most = hurried ? MOST_AT_ONCE : MOST_A_CALL;
    List<Map.Entry<K, V>> some;
    do {
      some =
          soon.entrySet().stream()
              .limit(most)
              .<Map.Entry<K, V>>map(Map.Entry::copyOf)
              .toList();
      if (!some.isEmpty()) {
        store.keep(some.stream().map(Map.Entry::getValue).toList());
        some.forEach(this::done);
      }
    } while (hurried && some.size() == most);
  }

  private void beginMinute() {
    long now = nanos.getAsLong();
    if (hurried || now - began >= APART.toNanos()) {
      began = now;
      written.clear();
      later.forEach((key, value) -> {
        if (later.remove(key, value)) {
          soon.putIfAbsent(key, value); // what came since the clearing is newer
        }
      });
    }
  }

  /** It is written. If the key has another value by now, that stays, to be written next. */
  private void done(Map.Entry<K, V> one) {
    soon.remove(one.getKey(), one.getValue());
    if (written.size() < MOST) {
      written.add(one.getKey());
    }
  }
}
