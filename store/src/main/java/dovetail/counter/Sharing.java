package dovetail.counter;

import dovetail.directory.edit.UnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * Tells a database what was counted here, and learns from it what was elsewhere. One thread does
 * all of it, so what it reads holds all that it has written, and whoever cannot wait for its next
 * round waits for it together with all others. For any thread.
 */
final class Sharing implements AutoCloseable {
  /** Counters in one transaction: few where somebody may wait for its end. */
  private static final int SHARED_PORTION = 1000;

  private static final int PORTION = 10_000;

  /** A transaction shows later than it is dated. */
  private static final Duration OVERLAP = Duration.ofSeconds(1);

  /** And clocks of a cluster's databases differ. */
  private static final Duration SHARED_OVERLAP = Duration.ofSeconds(5);

  /** How long a charge waits before it goes by what is known here. */
  private static final Duration WAIT = Duration.ofSeconds(1);

  /** How long the database may take the last ones, at the end. */
  private static final Duration END = Duration.ofSeconds(20);

  /** Rows that mean nothing any more are kept for clocks that differ. */
  private static final Duration KEPT = Duration.ofHours(1);

  private static final int ROUNDS_TO_FORGET = 100;

  /** Rows at a time. */
  private static final int FORGOTTEN = 1000;

  private final Shards shards;
  private final CounterStore store;
  private final Tools tools;
  private final String writer;
  private final Queue<Counter> owing = new ConcurrentLinkedQueue<>();
  private final BlockingQueue<Request> requests = new LinkedBlockingQueue<>();
  private final Thread thread;
  private volatile boolean up;
  private volatile boolean closing;

  // What follows belongs to the thread.
  private long number;
  private Optional<Sent> uncertain = Optional.empty();
  private long since;
  private Instant lastRound = Instant.MIN;
  private int rounds;
  private String told = "";
  private boolean worked;
  private boolean complained;

  /**
   * What it works with.
   *
   * @param trouble learns that something does not work, or works again if it is empty
   */
  record Tools(
      Days days,
      InstantSource clock,
      Duration pause,
      RandomGenerator random,
      Consumer<String> trouble) {}

  /**
   * Somebody waits.
   *
   * @param names what is to be exchanged at once; all there is if it is empty
   */
  private record Request(List<CounterName> names, CompletableFuture<Boolean> done) {}

  /** A batch that may not have arrived, and the counters whose deltas are in it. */
  private record Sent(CounterBatch batch, List<Counter> counters) {}

  private Sharing(Shards shards, CounterStore store, Tools tools) {
    this.shards = shards;
    this.store = store;
    this.tools = tools;
    this.writer =
        "%016x%016x".formatted(tools.random().nextLong(), tools.clock().instant().toEpochMilli());
    this.thread = Thread.ofPlatform().daemon().name("counters").unstarted(this::run);
  }

  static Sharing start(Shards shards, CounterStore store, Tools tools) {
    Sharing sharing = new Sharing(shards, store, tools);
    sharing.thread.start();
    return sharing;
  }

  /** Whether the database works, as far as is known, and all it holds was read. */
  boolean isUp() {
    return up;
  }

  /** Notes that a counter has something to tell; the caller holds its lock. */
  void owes(Counter counter, long amount) {
    if (counter.owe(amount)) {
      owing.add(counter);
    }
  }

  /**
   * Tells and learns all about some counters, or about all if none are named.
   *
   * @return whether that was possible in time
   */
  boolean exchange(List<CounterName> names) {
    CompletableFuture<Boolean> done = new CompletableFuture<>();
    requests.add(new Request(names, done));
    try {
      return done.get(WAIT.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException _) {
      up = false; // so that not each charge waits as long
      return false;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause()); // it is only ever completed with a value
    }
  }

  private void run() {
    boolean last;
    do {
      last = closing;
      try {
        work(last ? Optional.empty() : next());
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
        last = true;
      }
    } while (!last);
    up = false;
  }

  private Optional<Request> next() throws InterruptedException {
    if (since == 0 && told.isEmpty()) {
      return Optional.empty(); // begins without a pause
    }
    return Optional.ofNullable(requests.poll(tools.pause().toNanos(), TimeUnit.NANOSECONDS));
  }

  private void work(Optional<Request> first) {
    List<Request> waiting = new ArrayList<>();
    first.ifPresent(waiting::add);
    requests.drainTo(waiting);
    boolean good = false;
    try {
      deliver(); // what may not have arrived comes first
      if (since > 0) {
        exchangeAll(waiting.stream().flatMap(request -> request.names().stream()).toList());
      }
      boolean all = waiting.stream().anyMatch(request -> request.names().isEmpty());
      if (first.isEmpty() || all || isDue()) {
        round();
      }
      good = true;
      tell("", "");
    } catch (UnavailableException e) {
      tell("counters are not kept, the database is away: ", String.valueOf(e.getMessage()));
    } catch (RuntimeException e) {
      // The thread has to outlive what the database's driver may do.
      tell("counters are not kept, by a fault: ", e.toString());
    } finally {
      up = good && since > 0;
      if (!good) {
        owing.removeIf(Counter::isGone); // or they would grow as long as the database is away
      }
      for (Request request : waiting) {
        request.done().complete(good);
      }
    }
  }

  private boolean isDue() {
    Duration passed = Duration.between(lastRound, tools.clock().instant());
    return passed.isNegative() || passed.compareTo(tools.pause()) >= 0;
  }

  /** Once for as long as it lasts, though the details differ each time. */
  private void tell(String what, String detail) {
    worked |= what.isEmpty();
    if (!what.equals(told)) {
      told = what;
      // Tables may still have to be made; others say that the database is away from the start.
      if (worked && (complained || !what.isEmpty())) {
        complained = true;
        tools.trouble().accept(what + detail);
      }
    }
  }

  private Moment now() {
    return tools.days().at(tools.clock().instant());
  }

  /** All that is owed is told, then all that others have told is read. */
  private void round() throws UnavailableException {
    lastRound = tools.clock().instant();
    int portion = store.isShared() ? SHARED_PORTION : PORTION;
    List<Counter> some;
    do {
      some = new ArrayList<>();
      while (some.size() < portion && !owing.isEmpty()) {
        some.add(owing.remove());
      }
      send(some, List.of());
      serve();
    } while (some.size() == portion);
    if (closing) {
      return;
    }
    learn();
    if (++rounds >= ROUNDS_TO_FORGET) {
      rounds = store.forget(lastRound.minus(KEPT), FORGOTTEN) < FORGOTTEN ? 0 : rounds;
    }
  }

  /** Where nobody else counts, what has changed is what we wrote, and what a command has reset. */
  private void learn() throws UnavailableException {
    boolean all = since == 0 || store.isShared();
    long read =
        all
            ? store.changed(since, lastRound, this::take)
            : store.emptied(since, lastRound, this::take);
    Duration overlap = store.isShared() ? SHARED_OVERLAP : OVERLAP;
    since = Math.max(1, read - overlap.toMillis());
  }

  /** Those who cannot wait do not wait for all portions. */
  private void serve() throws UnavailableException {
    List<Request> waiting = new ArrayList<>();
    if (since > 0 && requests.drainTo(waiting) > 0) {
      boolean good = false;
      try {
        exchangeAll(waiting.stream().flatMap(request -> request.names().stream()).toList());
        good = true;
      } finally {
        for (Request request : waiting) {
          request.done().complete(good);
        }
      }
    }
  }

  private void exchangeAll(List<CounterName> names) throws UnavailableException {
    if (!names.isEmpty()) {
      List<CounterName> distinct = names.stream().distinct().toList();
      List<Counter> counters = new ArrayList<>();
      for (CounterName name : distinct) {
        try (var _ = shards.lock(name)) {
          shards.of(name).find(name).ifPresent(counters::add);
        }
      }
      send(counters, distinct);
    }
  }

  /** What some counters owe. */
  private void send(List<Counter> counters, List<CounterName> reads) throws UnavailableException {
    List<CounterDelta> deltas = new ArrayList<>();
    for (Counter counter : counters) {
      try (var _ = shards.lock(counter.name())) {
        if (reads.isEmpty()) {
          counter.unqueue(); // else it is in the queue still, if it was
        }
        if (!counter.isGone()) {
          counter.settle(now(), deltas);
        }
      }
    }
    CounterBatch batch = new CounterBatch(writer, ++number, deltas, reads);
    if (!batch.isEmpty()) {
      uncertain = Optional.of(new Sent(batch, counters));
      deliver();
    }
  }

  private void deliver() throws UnavailableException {
    if (uncertain.isPresent()) {
      Sent sent = uncertain.get();
      List<CounterRow> rows = store.exchange(sent.batch());
      uncertain = Optional.empty();
      for (Counter counter : sent.counters()) {
        try (var _ = shards.lock(counter.name())) {
          counter.arrived();
        }
      }
      rows.forEach(this::take);
    }
  }

  private void take(CounterRow row) {
    CounterName name = row.cell().name();
    try (var _ = shards.lock(name)) {
      shards.learn(row, now());
    }
  }

  /** Tells what there is to tell, and ends. */
  @Override
  public void close() {
    closing = true;
    requests.add(new Request(List.of(), new CompletableFuture<>()));
    try {
      thread.join(END);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
