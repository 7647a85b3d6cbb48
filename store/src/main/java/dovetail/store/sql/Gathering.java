package dovetail.store.sql;

import dovetail.directory.Lookup;
import dovetail.directory.edit.UnavailableException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Puts questions of one kind together that would only wait for one another: while one is under way
 * others gather, and are then asked as one. For any thread.
 */
final class Gathering<K, V> {
  private static final int THREAD_IDLE_SECONDS = 60;

  private final Source<K, V> source;
  private final int most;
  private final Executor thread;
  private final ReentrantLock lock = new ReentrantLock();
  // Guarded by the lock.
  private final Queue<Waiter<K, V>> waiting = new ArrayDeque<>();
  private boolean underWay;

  /** Answers several questions together. */
  @FunctionalInterface
  interface Source<K, V> {
    /**
     * Gives an answer for each key.
     *
     * @throws UnavailableException if there is none for any of them
     */
    Map<K, Lookup<V>> answers(List<K> keys) throws UnavailableException;
  }

  private record Waiter<K, V>(K key, CompletableFuture<Lookup<V>> answer) {}

  /**
   * @param most how many keys a question may have
   * @param thread where the source is asked
   */
  Gathering(Source<K, V> source, int most, Executor thread) {
    this.source = source;
    this.most = most;
    this.thread = thread;
  }

  /** A thread that is there only while it is of use; a virtual one would wait longer each time. */
  static Executor thread(String name) {
    ThreadPoolExecutor thread =
        new ThreadPoolExecutor(
            1,
            1,
            THREAD_IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            Thread.ofPlatform().daemon().name(name).factory());
    thread.allowCoreThreadTimeOut(true);
    return thread;
  }

  Lookup<V> get(K key) {
    Waiter<K, V> mine = new Waiter<>(key, new CompletableFuture<>());
    if (isFirst(mine)) {
      thread.execute(this::answerAll);
    }
    return mine.answer().join();
  }

  /** Has it wait, and tells whether nobody would ask for it. */
  private boolean isFirst(Waiter<K, V> waiter) {
    lock.lock();
    try {
      waiting.add(waiter);
      boolean first = !underWay;
      underWay = true;
      return first;
    } finally {
      lock.unlock();
    }
  }

  private void answerAll() {
    for (var batch = next(); !batch.isEmpty(); batch = next()) {
      answer(batch);
    }
  }

  /** Those to be asked for now; if nobody waits, none is under way any more. */
  private List<Waiter<K, V>> next() {
    lock.lock();
    try {
      List<Waiter<K, V>> batch = taken(most);
      underWay = !batch.isEmpty();
      return batch;
    } finally {
      lock.unlock();
    }
  }

  private List<Waiter<K, V>> taken(int most) {
    lock.lock();
    try {
      List<Waiter<K, V>> taken = new ArrayList<>(Math.min(most, waiting.size()));
      while (taken.size() < most && !waiting.isEmpty()) {
        taken.add(waiting.remove());
      }
      return taken;
    } finally {
      lock.unlock();
    }
  }

  private void answer(List<Waiter<K, V>> batch) {
    try {
      Map<K, Lookup<V>> answers =
          source.answers(batch.stream().map(Waiter::key).distinct().toList());
      for (Waiter<K, V> waiter : batch) {
        waiter.answer().complete(Objects.requireNonNull(answers.get(waiter.key())));
      }
    } catch (UnavailableException e) {
      Lookup<V> unavailable = new Lookup.Unavailable<>(String.valueOf(e.getMessage()));
      batch.forEach(waiter -> waiter.answer().complete(unavailable));
      // The others would only wait in vain one after the other.
      taken(Integer.MAX_VALUE).forEach(waiter -> waiter.answer().complete(unavailable));
    } catch (RuntimeException | Error e) {
      batch.forEach(waiter -> waiter.answer().completeExceptionally(e));
    }
  }
}
