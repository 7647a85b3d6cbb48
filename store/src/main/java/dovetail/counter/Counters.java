package dovetail.counter;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;

/**
 * Counts what is used and says what more may be. Counters are kept until their windows are over;
 * those whose keys strangers choose have a cap of their own, beyond which new ones are not counted.
 * A clock that jumps, or is set back, refuses nothing for longer than a window lasts. For any
 * thread.
 */
public final class Counters implements AutoCloseable {
  /** A power of two. */
  private static final int SHARDS = 256;

  private final InstantSource clock;
  private final Days days;
  private final Shard.Totals totals;
  private final Shard[] shards;
  private final LongAdder uncounted = new LongAdder();

  /** In memory only. */
  public Counters(CounterSettings settings, InstantSource clock) {
    this.clock = clock;
    this.days = new Days(settings.zone());
    this.totals = new Shard.Totals(settings.strangers());
    this.shards = Stream.generate(() -> new Shard(totals)).limit(SHARDS).toArray(Shard[]::new);
  }

  /** Says what would become of demands; charges nothing. */
  public Outcome check(List<Demand> demands) {
    Shard[] locked = lock(demands);
    try {
      Moment now = days.at(clock.instant());
      return refusal(demands, now)
          .<Outcome>map(refusal -> refusal)
          .orElseGet(() -> new Outcome.Granted(Charge.NOTHING, uses(demands, now)));
    } finally {
      unlock(locked);
    }
  }

  /**
   * Charges all demands or none, in one step for all who charge the same counters.
   *
   * @return never refused for want of room: a new counter of a stranger beyond the cap is granted
   *     and not counted
   */
  public Outcome charge(List<Demand> demands) {
    Shard[] locked = lock(demands);
    try {
      Moment now = days.at(clock.instant());
      return refusal(demands, now)
          .<Outcome>map(refusal -> refusal)
          .orElseGet(() -> {
            Charge charge = add(demands, now);
            return new Outcome.Granted(charge, uses(demands, now));
          });
    } finally {
      unlock(locked);
    }
  }

  /** Locks what demands need, always in the same order. */
  private Shard[] lock(List<Demand> demands) {
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
    return locked;
  }

  private static void unlock(Shard[] locked) {
    for (Shard shard : locked) {
      shard.lock.unlock();
    }
  }

  private static int place(CounterName name) {
    int hash = name.hashCode();
    // Not the low bits, by which the shard's own map goes.
    return (hash * 0x9E3779B9) >>> (Integer.SIZE - Integer.numberOfTrailingZeros(SHARDS));
  }

  private Shard shard(CounterName name) {
    return shards[place(name)];
  }

  private Optional<Outcome.Exceeded> refusal(List<Demand> demands, Moment now) {
    for (int i = 0; i < demands.size(); i++) {
      Demand demand = demands.get(i);
      Optional<Use> exceeded =
          demand.amount() == 0
              ? Optional.empty()
              : switch (demand.quota()) {
                case Quota.Unlimited _ -> Optional.empty();
                case Quota.None _ -> Optional.of(Use.NEVER);
                case Quota.Limited limited -> exceeded(demands.subList(0, i), demand, limited, now);
              };
      if (exceeded.isPresent()) {
        return Optional.of(new Outcome.Exceeded(i, exceeded.get()));
      }
    }
    return Optional.empty();
  }

  /** Of the windows that are exceeded the one that frees last. */
  private Optional<Use> exceeded(
      List<Demand> before, Demand demand, Quota.Limited limited, Moment now) {
    Optional<Counter> counter = shard(demand.name()).find(demand.name());
    Optional<Use> worst = Optional.empty();
    long worstAt = Long.MIN_VALUE;
    for (Window window : limited.windows()) {
      WindowState state = look(counter, demand.kind(), window);
      long used = state.used(window.most(), now);
      long earlier = earlier(before, demand, window);
      if (demand.amount() > window.most() - used - earlier) {
        long at = fitsAt(state, demand.amount(), earlier, window, now);
        if (at > worstAt) {
          worst = Optional.of(new Use(window, used, Moment.instant(at)));
          worstAt = at;
        }
      }
    }
    return worst;
  }

  private static long fitsAt(
      WindowState state, long amount, long earlier, Window window, Moment now) {
    return amount > window.most()
        ? Moment.NEVER
        : state.fitsAt(amount + earlier, window.most(), now);
  }

  /** What demands before one will have charged the same window. */
  private static long earlier(List<Demand> before, Demand demand, Window window) {
    long sum = 0;
    for (Demand other : before) {
      if (other.quota() instanceof Quota.Limited limited
          && other.kind() == demand.kind()
          && other.name().equals(demand.name())
          && limited.windows().stream().anyMatch(one -> one.length().equals(window.length()))) {
        sum += other.amount();
      }
    }
    return sum;
  }

  private static WindowState look(Optional<Counter> counter, WindowKind kind, Window window) {
    return counter
        .map(found -> found.look(kind, window.length()))
        .orElseGet(() -> WindowState.fresh(kind, window.length()));
  }

  private Charge add(List<Demand> demands, Moment now) {
    List<Charge.Part> parts = new ArrayList<>();
    for (Demand demand : demands) {
      if (demand.amount() > 0 && demand.quota() instanceof Quota.Limited limited) {
        counter(demand, now).ifPresent(counter -> add(counter, demand, limited, now, parts));
      }
    }
    return new Charge(parts);
  }

  private Optional<Counter> counter(Demand demand, Moment now) {
    Shard shard = shard(demand.name());
    if (demand.origin() == Origin.STRANGER
        && totals.isFull()
        && shard.find(demand.name()).isEmpty()) {
      makeRoom(now);
    }
    Optional<Counter> counter = shard.make(demand.name(), demand.origin(), now);
    if (counter.isEmpty()) {
      uncounted.increment();
    }
    return counter;
  }

  private void makeRoom(Moment now) {
    for (Shard shard : shards) {
      shard.sweepIfDue(now);
      if (!totals.isFull()) {
        return;
      }
    }
  }

  private void add(
      Counter counter, Demand demand, Quota.Limited limited, Moment now, List<Charge.Part> parts) {
    for (Window window : limited.windows()) {
      WindowState state = counter.keep(demand.kind(), window.length());
      long mark = state.add(demand.amount(), window.most(), now);
      parts.add(new Charge.Part(counter, state, demand.amount(), mark));
    }
    shard(counter.name()).learn(counter.overAt(now), now);
  }

  private List<List<Use>> uses(List<Demand> demands, Moment now) {
    List<List<Use>> uses = new ArrayList<>(demands.size());
    for (Demand demand : demands) {
      uses.add(uses(demand.name(), demand.quota(), demand.kind(), now));
    }
    return uses;
  }

  private List<Use> uses(CounterName name, Quota quota, WindowKind kind, Moment now) {
    return switch (quota) {
      case Quota.Unlimited _, Quota.None _ -> List.of();
      case Quota.Limited limited -> {
        Optional<Counter> counter = shard(name).find(name);
        List<Use> uses = new ArrayList<>(limited.windows().size());
        for (Window window : limited.windows()) {
          WindowState state = look(counter, kind, window);
          long used = state.used(window.most(), now);
          long reset = used == 0 ? now.nanos() : state.emptyAt(now);
          uses.add(new Use(window, used, Moment.instant(reset)));
        }
        yield List.copyOf(uses);
      }
    };
  }

  /** Takes back what was charged; the second time, nothing. */
  public void refund(Charge charge) {
    for (Charge.Part part : charge.take()) {
      Shard shard = shard(part.counter().name());
      shard.lock.lock();
      try {
        if (!part.counter().isGone()) {
          part.state().takeBack(part.amount(), part.mark());
        }
      } finally {
        shard.lock.unlock();
      }
    }
  }

  /** How much is used at the moment, by window; nothing where nothing is counted. */
  public List<Use> use(CounterName name, Quota quota, WindowKind kind) {
    Shard shard = shard(name);
    shard.lock.lock();
    try {
      return uses(name, quota, kind, days.at(clock.instant()));
    } finally {
      shard.lock.unlock();
    }
  }

  /** Has nothing of it be used. */
  public void reset(CounterName name) {
    Shard shard = shard(name);
    shard.lock.lock();
    try {
      shard.remove(name);
    } finally {
      shard.lock.unlock();
    }
  }

  /** How many counters there are. */
  public int size() {
    return totals.all().get();
  }

  /** How many of them are strangers'. */
  public int strangers() {
    return totals.strangers().get();
  }

  /** How often a stranger was granted something that was not counted, for want of room. */
  public long uncounted() {
    return uncounted.sum();
  }

  @Override
  public void close() {
    // Nothing is kept elsewhere.
  }
}
