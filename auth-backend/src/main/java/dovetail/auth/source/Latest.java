package dovetail.auth.source;

import dovetail.directory.edit.UnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.LongSupplier;

/**
 * What is to be written of things that come again and again: the last of each, at once when it
 * comes, and then no more often than once a minute. So a program that logs in every few seconds
 * costs the database no more than one that stays. For any thread; one at a time writes.
 *
 * <p>What comes again changes a number, and leaves no object: objects of a hundred thousand
 * accounts, replaced all the time, are what a collector of garbage has most work with.
 *
 * @param <K> what it is of
 * @param <V> what is written of it
 */
final class Latest<K, V> {
  private static final Duration APART = Duration.ofMinutes(1);

  /** With so much known the database has been away for long, and more is not kept. */
  private static final int MOST = 100_000;

  /** So much goes into one transaction. */
  static final int MOST_AT_ONCE = 5_000;

  /** So much goes with one call, so that a rush of logins is no rush of writes. */
  static final int MOST_A_CALL = 1_000;

  private final Maker<K, V> maker;
  private final LongSupplier nanos;

  /** All that has come in this minute, and what of the time before is not written. */
  private final Map<K, Note<K>> notes = new ConcurrentHashMap<>();

  /** Those that are to be written now. */
  private final Queue<Note<K>> due = new ConcurrentLinkedQueue<>();

  private long began;
  private volatile boolean hurried;

  /** Makes what is written. */
  @FunctionalInterface
  interface Maker<K, V> {
    /**
     * What is written of that.
     *
     * @param from where it came from, the last time
     */
    V make(K key, Instant time, String from);
  }

  /** The last of one; its own lock guards it. */
  private static final class Note<K> {
    final K key;
    long second = Long.MIN_VALUE;
    String from = "";

    /** Whether it is other than what is written. */
    boolean changed;

    /** Whether it is among those that are due. */
    boolean queued;

    /** Whether it is among the notes no more. */
    boolean gone;

    Note(K key) {
      this.key = key;
    }
  }

  /**
   * @param nanos a clock that only goes forward, in nanoseconds
   */
  Latest(Maker<K, V> maker, LongSupplier nanos) {
    this.maker = maker;
    this.nanos = nanos;
    this.began = nanos.getAsLong();
  }

  /**
   * Takes note that it has come, in place of the time before; lets it go where too much is known
   * already.
   */
  void put(K key, Instant time, String from) {
    Note<K> note = notes.get(key);
    while (note == null || !took(note, time.getEpochSecond(), from)) {
      if (notes.size() >= MOST && !notes.containsKey(key)) {
        return;
      }
      note = notes.computeIfAbsent(key, this::dueAtOnce);
    }
  }

  private Note<K> dueAtOnce(K key) {
    Note<K> note = new Note<>(key);
    note.queued = true;
    due.add(note);
    return note;
  }

  private boolean took(Note<K> note, long second, String from) {
    synchronized (note) {
      if (note.gone) {
        return false;
      }
      note.second = second;
      if (!note.from.equals(from)) {
        note.from = from;
      }
      note.changed = true;
      if (hurried && !note.queued) {
        note.queued = true;
        due.add(note);
      }
      return true;
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
    int taken;
    do {
      taken = writeSome(store, most);
    } while (hurried && taken == most);
  }

  private int writeSome(Store<V> store, int most) throws UnavailableException {
    List<Note<K>> some = new ArrayList<>();
    List<V> values = new ArrayList<>();
    // No more than were there: what comes while it is written is for the next call.
    for (int left = Math.min(due.size(), most); left > 0; left--) {
      Note<K> note = due.remove();
      synchronized (note) {
        if (note.second > Long.MIN_VALUE) {
          note.changed = false;
          some.add(note);
          values.add(maker.make(note.key, Instant.ofEpochSecond(note.second), note.from));
        } else {
          due.add(note); // just made, and its time is not there yet
        }
      }
    }
    if (!values.isEmpty()) {
      boolean kept = false;
      try {
        store.keep(values);
        kept = true;
      } finally {
        for (Note<K> note : some) {
          settle(note, kept);
        }
      }
    }
    return some.size();
  }

  /** What has come meanwhile, or is not kept, stays among those that are due. */
  private void settle(Note<K> note, boolean kept) {
    synchronized (note) {
      note.changed |= !kept;
      note.queued = note.changed;
      if (note.queued) {
        due.add(note);
      }
    }
  }

  private void beginMinute() {
    long now = nanos.getAsLong();
    if (!hurried && now - began < APART.toNanos()) {
      return;
    }
    began = now;
    notes.values().removeIf(this::isOver);
  }

  /** Whether nothing has come in the last minute; else what has come is due. */
  private boolean isOver(Note<K> note) {
    synchronized (note) {
      if (note.changed && !note.queued) {
        note.queued = true;
        due.add(note);
      }
      note.gone = !note.queued;
      return note.gone;
    }
  }
}
