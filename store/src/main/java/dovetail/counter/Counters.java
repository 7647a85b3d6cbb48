package dovetail.counter;

import dovetail.counter.quota.Quota;
import dovetail.counter.quota.Window;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * Counts what is used and says what more may be. Counters are kept until their windows are over;
 * those whose keys strangers choose have a cap of their own, beyond which new ones are not counted.
 * A clock that jumps, or is set back, refuses nothing for longer than a window lasts. For any
 * thread.
 *
 * <p>Counters that are shared by way of a database go on while it is away, each process by what it
 * knows; what was counted meanwhile is told later. As long as it works, all processes together
 * grant more than a window's {@code most} by at most their number times what a {@link
 * CounterSettings#batch} of demands may be, or the largest amount of one demand, where that is
 * more. Of demands that weigh 1 each, as those of bytes do, a batch is as many of the largest. A
 * process that is killed loses what it has counted in its last {@link CounterSettings#pause}.
 */
public final class Counters implements AutoCloseable {
  /**
   * How long a charge asks the database while others are always faster. Whoever asks us waits for
   * 10 seconds; what is granted then exceeds the limit as if the database were away.
   */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final InstantSource clock;
  private final Days days;
  private final Shards shards;
  private final long batch;
  private final LongAdder uncounted = new LongAdder();
  private final Optional<Sharing> sharing;
  private final Optional<FirstLook> firstLook;

  /** Whether charges ask a database on which others count, too. */
  private final boolean asks;

  /** In memory only. */
  public Counters(CounterSettings settings, InstantSource clock) {
    this.clock = clock;
    this.days = new Days(settings.zone());
    this.shards = new Shards(settings.strangers());
    this.batch = settings.batch();
    this.sharing = Optional.empty();
    this.firstLook = Optional.empty();
    this.asks = false;
  }

  private Counters(CounterSettings settings, InstantSource clock, CounterStore store) {
    this.clock = clock;
    this.days = new Days(settings.zone());
    this.shards = new Shards(settings.strangers());
    this.batch = settings.batch();
    this.sharing = Optional.empty();
    this.firstLook = Optional.of(new FirstLook(shards, store));
    this.asks = false;
  }

  private Counters(
      CounterSettings settings,
      InstantSource clock,
      CounterStore store,
      RandomGenerator random,
      Consumer<String> trouble) {
    this.clock = clock;
    this.days = new Days(settings.zone());
    this.shards = new Shards(settings.strangers());
    this.batch = settings.batch();
    Sharing.Tools tools = new Sharing.Tools(days, clock, settings.pause(), random, trouble);
    this.sharing = Optional.of(Sharing.start(shards, store, tools));
    this.firstLook = Optional.empty();
    this.asks = store.isShared();
  }

  /**
   * Shared by way of a database, which is read at once by a thread of its own.
   *
   * @param random for a name that no other process has
   * @param trouble learns what does not work; nothing if all does again. Called by one thread
   */
  public static Counters shared(
      CounterSettings settings,
      InstantSource clock,
      CounterStore store,
      RandomGenerator random,
      Consumer<String> trouble) {
    return new Counters(settings, clock, store, random, trouble);
  }

  /**
   * In memory only, over what a database knows, which is told nothing: to look at it, or to try
   * what would be. What it holds of a counter is read when that is first asked about; whatever asks
   * about one fails with {@link UnreadException} if it does not answer.
   */
  public static Counters tried(CounterSettings settings, InstantSource clock, CounterStore store) {
    return new Counters(settings, clock, store);
  }

  private Moment now() {
    return days.at(clock.instant());
  }

  private void readAtFirst(List<Demand> demands) {
    firstLook.ifPresent(first -> first.at(demands.stream().map(Demand::name).toList(), now()));
  }

  private void readAtFirst(CounterName name) {
    firstLook.ifPresent(first -> first.at(List.of(name), now()));
  }

  /** Says what would become of demands; charges nothing. */
  public Outcome check(List<Demand> demands) {
    readAtFirst(demands);
    try (var _ = shards.lock(demands)) {
      Moment now = now();
      Optional<Outcome.Exceeded> refusal = refusal(demands, now);
      return refusal.isPresent()
          ? refusal.get()
          : new Outcome.Granted(Charge.NOTHING, uses(demands, now));
    }
  }

  /**
   * Charges all demands or none, in one step for all who charge the same counters. A new counter of
   * a stranger beyond the cap is granted and not counted.
   */
  public Outcome charge(List<Demand> demands) {
    Set<CounterName> asked = new HashSet<>();
    boolean answered = asks;
    Instant patience = clock.instant().plus(PATIENCE);
    readAtFirst(demands);
    while (true) {
      List<CounterName> stale;
      try (var _ = shards.lock(demands)) {
        Moment now = now();
        Optional<Outcome.Exceeded> refusal = refusal(demands, now);
        if (refusal.isPresent()) {
          return refusal.get();
        }
        boolean asking = answered && isUp() && clock.instant().isBefore(patience);
        stale = asking ? stale(demands, asked) : List.of();
        if (stale.isEmpty()) {
          Charge charge = add(demands, now);
          return new Outcome.Granted(charge, uses(demands, now));
        }
      }
      asked.addAll(stale);
      answered = sharing.map(others -> others.exchange(stale)).orElse(false);
    }
  }

  /** Counters of which the database would not know more than it may not know. */
  private List<CounterName> stale(List<Demand> demands, Set<CounterName> asked) {
    List<CounterName> stale = new ArrayList<>();
    for (Demand demand : demands) {
      if (demand.amount() > 0 && demand.quota() instanceof Quota.Limited) {
        long owed = shards.of(demand.name()).find(demand.name()).map(Counter::owed).orElse(0L);
        // What was asked for just now, and nobody has used since, is as fresh as can be. And
        // strangers whom nobody knows do not get to the database.
        boolean fresh =
            owed == 0 && (demand.origin() == Origin.STRANGER || asked.contains(demand.name()));
        if (!fresh && demand.weight() > batch - owed) {
          stale.add(demand.name());
        }
      }
    }
    return stale;
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
    Optional<Counter> counter = shards.of(demand.name()).find(demand.name());
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
    Shard shard = shards.of(demand.name());
    if (demand.origin() == Origin.STRANGER
        && shards.totals().isFull()
        && shard.find(demand.name()).isEmpty()) {
      shards.makeRoom(now);
    }
    Optional<Counter> counter = shard.make(demand.name(), demand.origin(), now);
    if (counter.isEmpty()) {
      uncounted.increment();
    }
    return counter;
  }

  private void add(
      Counter counter, Demand demand, Quota.Limited limited, Moment now, List<Charge.Part> parts) {
    for (Window window : limited.windows()) {
      WindowState state = counter.keep(demand.kind(), window.length());
      long mark = state.add(demand.amount(), window.most(), now, sharing.isPresent());
      parts.add(new Charge.Part(counter, state, demand.amount(), window.most(), mark));
    }
    sharing.ifPresent(others -> others.owes(counter, demand.weight()));
    shards.of(counter.name()).learn(counter.overAt(now), now);
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
        Optional<Counter> counter = shards.of(name).find(name);
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
      Counter counter = part.counter();
      try (var _ = shards.lock(counter.name())) {
        if (!counter.isGone()) {
          part.state().takeBack(part, now(), sharing.isPresent());
          sharing.ifPresent(others -> others.owes(counter, 0));
        }
      }
    }
  }

  /** How much is used at the moment, by window; nothing where nothing is counted. */
  public List<Use> use(CounterName name, Quota quota, WindowKind kind) {
    readAtFirst(name);
    try (var _ = shards.lock(name)) {
      return uses(name, quota, kind, now());
    }
  }

  /**
   * Tells the database what was counted here and learns what was elsewhere, without waiting for the
   * next time.
   *
   * @return whether that was possible; in memory it always is
   */
  public boolean exchange() {
    return sharing.map(others -> others.exchange(List.of())).orElse(true);
  }

  /** Whether the database works, and was read; never in memory. */
  public boolean isUp() {
    return sharing.map(Sharing::isUp).orElse(false);
  }

  /** How many counters there are. */
  public int size() {
    return shards.totals().all().get();
  }

  /** How many of them are strangers'. */
  public int strangers() {
    return shards.totals().strangers().get();
  }

  /** How often a stranger was granted something that was not counted, for want of room. */
  public long uncounted() {
    return uncounted.sum();
  }

  /** Tells the database what was counted, and ends. */
  @Override
  public void close() {
    sharing.ifPresent(Sharing::close);
  }
}
