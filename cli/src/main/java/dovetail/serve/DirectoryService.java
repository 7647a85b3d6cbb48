package dovetail.serve;

import dovetail.directory.CachingDirectory;
import dovetail.directory.Directory;
import dovetail.directory.edit.UnavailableException;
import dovetail.keys.StoredKey;
import dovetail.ledger.Ledger;
import dovetail.mail.Domain;
import dovetail.observe.Health;
import dovetail.store.sql.ChangeFeed;
import dovetail.store.sql.Store;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is hosted, kept near: the store, the cache before it, and the thread that takes out of the
 * cache what others have changed. Works with a database that is away, and notices when it is back.
 */
final class DirectoryService implements AutoCloseable {
  private static final Logger logger = LoggerFactory.getLogger("dovetail");
  private static final Duration POLL = Duration.ofSeconds(1);

  private final Store store;
  private final CachingDirectory directory;
  private final Health.Component health;
  private final BiConsumer<List<StoredKey>, Map<Domain, Domain>> keys;
  // Not a virtual thread: it computes long, and those who ask would wait. It needs no end.
  private final Executor readAhead =
      Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().name("read-ahead").factory());
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Thread thread;
  private Condition condition = Condition.STARTING;

  /** How the database was when it was last asked. */
  private enum Condition {
    STARTING,
    UP,
    INCOMPLETE,
    DOWN
  }

  /**
   * @param keys is given all DKIM keys and who signs for whom, at the start and on any change
   */
  DirectoryService(
      Configuration configuration,
      Health.Component health,
      BiConsumer<List<StoredKey>, Map<Domain, Domain>> keys) {
    this.store = Stores.open(configuration);
    this.directory =
        new CachingDirectory(
            store.directory(),
            DatabaseConfig.cache(configuration.settings()),
            System::nanoTime,
            readAhead);
    this.health = health;
    this.keys = keys;
    this.thread = Thread.ofPlatform().daemon().name("database").unstarted(this::follow);
  }

  /** Begins to follow changes. */
  void start() {
    thread.start();
  }

  Directory directory() {
    return directory;
  }

  /** What messages leave behind, in the same database. */
  Ledger ledger() {
    return store.ledger();
  }

  CachingDirectory cache() {
    return directory;
  }

  private void follow() {
    ChangeFeed changes = store.changes();
    boolean prepared = false;
    do {
      try {
        if (!prepared && prepare()) {
          changes.next(); // from here on, and what is read below is newer
          keys.accept(store.keys().all(), store.keys().signers());
          prepared = true;
        }
        if (prepared) {
          take(changes.next());
          become(Condition.UP, "");
        }
      } catch (UnavailableException e) {
        become(Condition.DOWN, String.valueOf(e.getMessage()));
      }
    } while (!isClosed());
  }

  private void take(List<String> changes) throws UnavailableException {
    changes.forEach(directory::changed);
    if (changes.stream().anyMatch(DirectoryService::concernsKeys)) {
      keys.accept(store.keys().all(), store.keys().signers());
    }
  }

  /** A domain that is removed takes its keys along. */
  private static boolean concernsKeys(String change) {
    return change.startsWith("dkim ") || change.startsWith("domain ") || change.equals("all");
  }

  private boolean isClosed() {
    try {
      return closing.await(POLL.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  /** Whether all tables are there. */
  private boolean prepare() throws UnavailableException {
    if (store.migratesItself()) {
      store.migrate();
      return true;
    }
    List<Integer> missing = store.missingSteps();
    if (!missing.isEmpty()) {
      become(Condition.INCOMPLETE, "it lacks tables: run \"dovetail database migrate\"");
    }
    return missing.isEmpty();
  }

  private void become(Condition now, String why) {
    if (now == condition) {
      return;
    }
    switch (now) {
      case UP -> {
        logger.info("the database answers");
        health.up("");
      }
      case DOWN, INCOMPLETE -> {
        logger.error("the database is not to be used: {}", why);
        health.down(why);
      }
      case STARTING -> throw new IllegalStateException("it has started");
    }
    condition = now;
  }

  @Override
  public void close() {
    closing.countDown();
    try {
      thread.join();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    store.close();
  }
}
