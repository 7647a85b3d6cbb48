package dovetail.store.sql;

import dovetail.counter.CounterBatch;
import dovetail.counter.CounterName;
import dovetail.counter.CounterRow;
import dovetail.counter.CounterStore;
import dovetail.directory.edit.UnavailableException;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A store that several hosts share, and that fails when it is told to. For any thread. */
final class TroubledCounterStore implements CounterStore {
  private final CounterStore store;
  private final AtomicInteger calls = new AtomicInteger();
  private final List<CounterName> asked = new CopyOnWriteArrayList<>();
  private volatile State state = State.WORKS;

  /** How it is. */
  enum State {
    WORKS,
    AWAY,

    /** It does what it is told, and the answer is lost. */
    DEAF
  }

  /** What may fail. */
  @FunctionalInterface
  private interface Call<T> {
    T run() throws UnavailableException;
  }

  TroubledCounterStore(CounterStore store) {
    this.store = store;
  }

  void is(State now) {
    state = now;
  }

  /** Of which counters it was asked for the rows. */
  List<CounterName> asked() {
    return List.copyOf(asked);
  }

  /** How often it was asked. */
  int calls() {
    return calls.get();
  }

  private <T> T run(Call<T> call) throws UnavailableException {
    int number = calls.incrementAndGet();
    if (state == State.AWAY) {
      throw new UnavailableException("away, at call " + number);
    }
    T result = call.run();
    if (state == State.DEAF) {
      throw new UnavailableException("deaf");
    }
    return result;
  }

  @Override
  public boolean isShared() {
    return true;
  }

  @Override
  public List<CounterRow> exchange(CounterBatch batch) throws UnavailableException {
    return run(() -> store.exchange(batch));
  }

  @Override
  public List<CounterRow> rows(List<CounterName> names, Instant now) throws UnavailableException {
    asked.addAll(names);
    return run(() -> store.rows(names, now));
  }

  @Override
  public long changed(long since, Instant now, Sink sink) throws UnavailableException {
    return run(() -> store.changed(since, now, sink));
  }

  @Override
  public long emptied(long since, Instant now, Sink sink) throws UnavailableException {
    return run(() -> store.emptied(since, now, sink));
  }

  @Override
  public void reset(String subject, List<CounterName> names, String actor)
      throws UnavailableException {
    run(() -> {
      store.reset(subject, names, actor);
      return true;
    });
  }

  @Override
  public int forget(Instant before, int most) throws UnavailableException {
    return run(() -> store.forget(before, most));
  }
}
