package dovetail.counter;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** All counters, in parts that are locked apart. For any thread. */
final class Shards {
  /** A power of two. */
  private static final int COUNT = 256;

  private final Shard.Totals totals;
  private final Shard[] shards;

  Shards(int mostStrangers) {
    this.totals = new Shard.Totals(mostStrangers);
    this.shards = Stream.generate(() -> new Shard(totals)).limit(COUNT).toArray(Shard[]::new);
  }

  Shard.Totals totals() {
    return totals;
  }

  /** The part in which a counter is. */
  Shard of(CounterName name) {
    return shards[place(name)];
  }

  private static int place(CounterName name) {
    // Not the low bits, by which the shard's own map goes.
    return (name.hashCode() * 0x9E3779B9) >>> (Integer.SIZE - Integer.numberOfTrailingZeros(COUNT));
  }

  /** Parts that are locked until this is closed. */
  record Locked(List<Shard> shards) implements AutoCloseable {
    @Override
    public void close() {
      for (Shard shard : shards) {
        shard.lock.unlock();
      }
    }
  }

  /** Locks one part. */
  Locked lock(CounterName name) {
    Shard shard = of(name);
    shard.lock.lock();
    return new Locked(List.of(shard));
  }

  /** Locks what demands need, always in the same order. */
  Locked lock(List<Demand> demands) {
    int[] places = new int[demands.size()];
    for (int i = 0; i < places.length; i++) {
      places[i] = place(demands.get(i).name());
    }
    Arrays.sort(places);
    Shard[] locked = new Shard[places.length];
    for (int i = 0; i < places.length; i++) {
      locked[i] = shards[places[i]];
      locked[i].lock.lock();
    }
    return new Locked(Arrays.asList(locked));
  }

  /** Forgets counters that are over until strangers may have one more, or none is over. */
  void makeRoom(Moment now) {
    for (Shard shard : shards) {
      if (!totals.isFull()) {
        return;
      }
      shard.sweepIfDue(now);
    }
  }

  /** Takes over what a row says; the caller holds the counter's lock. */
  void learn(CounterRow row, Moment now) {
    CounterCell cell = row.cell();
    Shard shard = of(cell.name());
    Optional<Counter> known = shard.find(cell.name());
    if (known.isEmpty()) {
      WindowState fresh = WindowState.fresh(cell.kind(), cell.length());
      fresh.learn(cell.slot(), row.value(), now);
      if (fresh.overAt(now) <= now.nanos()) {
        return;
      }
      known = shard.make(cell.name(), row.origin(), now);
    }
    if (known.isPresent()) {
      Counter counter = known.get();
      counter.keep(cell.kind(), cell.length()).learn(cell.slot(), row.value(), now);
      shard.learn(counter.overAt(now), now);
    }
  }
}
