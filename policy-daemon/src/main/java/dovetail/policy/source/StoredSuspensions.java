package dovetail.policy.source;

import dovetail.counter.HeldMessage;
import dovetail.counter.Suspension;
import dovetail.counter.SuspensionStore;
import dovetail.directory.edit.UnavailableException;
import dovetail.observe.ShellWord;
import dovetail.policy.rule.Suspensions;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Accounts that are suspended, here at once, and on all hosts that share the database a second
 * later. While the database is away each host has its own. For any thread.
 */
public final class StoredSuspensions implements Suspensions, AutoCloseable {
  private static final Logger logger = LoggerFactory.getLogger("policy");
  private static final long END_SECONDS = 5;

  /** How long after a write that has failed. */
  private static final Duration AGAIN = Duration.ofSeconds(2);

  /** By whom it is done, in the audit. */
  private static final String ACTOR = "dovetail";

  private final Optional<SuspensionStore> store;
  private final String host;
  private final Alarm alarm;
  private final Map<String, Suspension> all = new ConcurrentHashMap<>();

  /** Those that the database does not know yet. */
  private final Map<String, Suspension> unwritten = new ConcurrentHashMap<>();

  /** Those that it knows, and that no reading of it has shown yet. */
  private final Map<String, Suspension> unread = new ConcurrentHashMap<>();

  private final ScheduledThreadPoolExecutor writer = writer();

  /** Is told of each account that is stopped, by one host of all that share a database. */
  @FunctionalInterface
  public interface Alarm {
    /** Returns at once: suspensions of others are written behind it. */
    void stopped(Suspension suspension, String rule);
  }

  /**
   * @param store where there is a database
   * @param host this one, whose hold queue has what is held
   */
  public StoredSuspensions(Optional<SuspensionStore> store, String host, Alarm alarm) {
    this.store = store;
    this.host = host;
    this.alarm = alarm;
  }

  private static ScheduledThreadPoolExecutor writer() {
    ScheduledThreadPoolExecutor writer =
        new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("suspensions").factory());
    writer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    return writer;
  }

  @Override
  public Optional<Suspension> of(String account, Instant now) {
    return known(account, now).filter(one -> one.holds(now));
  }

  @Override
  public Optional<Suspension> ended(String account, Instant now) {
    return known(account, now).filter(one -> one.hasEnded(now, REMEMBERED));
  }

  private Optional<Suspension> known(String account, Instant now) {
    Suspension known = all.isEmpty() ? null : all.get(account);
    if (known == null) {
      return Optional.empty();
    }
    if (!known.holds(now) && !known.hasEnded(now, REMEMBERED)) {
      all.remove(account, known);
      return Optional.empty();
    }
    return Optional.of(known);
  }

  @Override
  public synchronized void suspend(Suspension suspension, String rule) {
    String account = suspension.account();
    if (of(account, suspension.since()).isEmpty()) {
      all.put(account, suspension);
      unwritten.put(account, suspension);
      later(() -> write(suspension, rule));
    }
  }

  private void write(Suspension suspension, String rule) {
    boolean first = true;
    try {
      if (store.isPresent()) {
        first = store.get().add(suspension, ACTOR);
        written(suspension);
      }
    } catch (UnavailableException e) {
      logger.error(
          "the suspension of {} is known to this host only, the database is away: {}",
          suspension.account(),
          e.getMessage());
      again(suspension);
    }
    if (first) {
      tell(suspension, rule);
    }
  }

  private synchronized void written(Suspension suspension) {
    unread.put(suspension.account(), suspension);
    unwritten.remove(suspension.account(), suspension);
  }

  private void tell(Suspension suspension, String rule) {
    logger.error(
        "sending of {} is suspended until {}: {} (rule {}); \"dovetail limit release {}\" ends it",
        suspension.account(),
        suspension.until(),
        suspension.detail(),
        rule,
        ShellWord.argument(suspension.account()));
    alarm.stopped(suspension, rule);
  }

  @Override
  public void held(Suspension suspension, String queueId) {
    if (!queueId.isEmpty() && store.isPresent()) {
      HeldMessage message =
          new HeldMessage(host, queueId, suspension.account(), suspension.since());
      later(() -> {
        try {
          store.get().held(message);
        } catch (UnavailableException e) {
          logger.error("{}: held, which the database does not know: {}", queueId, e.getMessage());
        }
      });
    }
  }

  private void later(Runnable work) {
    try {
      writer.execute(work);
    } catch (RejectedExecutionException _) {
      logger.warn("the service ends, a suspension is not written");
    }
  }

  /**
   * What the database holds now.
   *
   * @param rows with those that have ended within {@link #REMEMBERED}
   */
  public synchronized void replace(List<Suspension> rows) {
    Map<String, Suspension> next = HashMap.newHashMap(rows.size());
    for (Suspension row : rows) {
      next.put(row.account(), row);
    }
    unwritten.values().removeIf(one -> isIn(next, one)); // another host was faster
    unread.values().removeIf(one -> isIn(next, one));
    all.keySet().removeIf(account -> !next.containsKey(account) && !isFresh(account));
    next.keySet().removeIf(this::isFresh);
    all.putAll(next);
    List.copyOf(unread.values()).forEach(one -> later(() -> confirm(one)));
    List.copyOf(unwritten.values()).forEach(one -> later(() -> rewrite(one)));
  }

  /** Not if the row is that of a suspension which was over before. */
  private static boolean isIn(Map<String, Suspension> rows, Suspension fresh) {
    Suspension row = rows.get(fresh.account());
    return row != null && row.until().isAfter(fresh.since());
  }

  private boolean isFresh(String account) {
    return unwritten.containsKey(account) || unread.containsKey(account);
  }

  /** A reading that has begun before the row was there does not say that it was lifted. */
  private void confirm(Suspension suspension) {
    String account = suspension.account();
    if (!unread.containsKey(account) || store.isEmpty()) {
      return;
    }
    try {
      List<Suspension> rows = store.get().all(suspension.since());
      if (rows.stream().noneMatch(row -> row.account().equals(account))) {
        all.remove(account, suspension);
      }
      unread.remove(account, suspension);
    } catch (UnavailableException e) {
      logger.debug("away again: {}", e.getMessage());
    }
  }

  /** Reading may go on meanwhile, so that nothing else would come back to it. */
  private void again(Suspension suspension) {
    if (!writer.isShutdown()) {
      var _ = writer.schedule(() -> rewrite(suspension), AGAIN.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  /** The database was away when it was written first. */
  private void rewrite(Suspension suspension) {
    if (unwritten.containsKey(suspension.account()) && store.isPresent()) {
      try {
        boolean _ = store.get().add(suspension, ACTOR);
        written(suspension);
      } catch (UnavailableException e) {
        logger.debug("still away: {}", e.getMessage());
        again(suspension);
      }
    }
  }

  /** How many are kept, with those that have ended. */
  public int size() {
    return all.size();
  }

  /** Writes what is to be written. */
  @Override
  public void close() {
    writer.shutdown();
    if (!isDone(writer, END_SECONDS)) {
      logger.warn("the database takes too long: suspensions may not be written");
    }
  }

  private static boolean isDone(ExecutorService threads, long seconds) {
    try {
      return threads.awaitTermination(seconds, TimeUnit.SECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
