package dovetail.serve;

import dovetail.counter.CounterStore;
import dovetail.counter.GreylistStore;
import dovetail.counter.Suspension;
import dovetail.counter.SuspensionStore;
import dovetail.directory.Accounts;
import dovetail.directory.CachingAccounts;
import dovetail.directory.CachingDirectory;
import dovetail.directory.Directory;
import dovetail.directory.edit.Kind;
import dovetail.directory.edit.Row;
import dovetail.directory.edit.UnavailableException;
import dovetail.directory.edit.UsageStore;
import dovetail.directory.login.Block;
import dovetail.directory.login.BlockStore;
import dovetail.directory.login.LoginStore;
import dovetail.keys.StoredKey;
import dovetail.ledger.Ledger;
import dovetail.mail.Address;
import dovetail.mail.Domain;
import dovetail.observe.Health;
import dovetail.policy.rule.Suspensions;
import dovetail.store.sql.ChangeFeed;
import dovetail.store.sql.Store;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
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
  private final CachingAccounts accounts;
  private final Health.Component health;
  private final Listeners listeners;
  // Not a virtual thread: it computes long, and those who ask would wait. It needs no end.
  private final Executor readAhead =
      Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().name("read-ahead").factory());
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Thread thread;
  private Condition condition = Condition.STARTING;
  // Each until it has been done: the database may go away between a change and the reading of it.
  private boolean keysDue = true;
  private boolean archivesDue = true;
  private boolean exceptionsDue = true;
  private boolean limitsDue = true;
  private boolean suspensionsDue = true;
  private boolean blocksDue = true;

  /** How the database was when it was last asked. */
  private enum Condition {
    STARTING,
    UP,
    INCOMPLETE,
    DOWN
  }

  /**
   * Who is told what the database holds, at the start and on any change.
   *
   * @param keys is given all DKIM keys and who signs for whom
   * @param archives is given all archives of domains
   * @param exceptions is given all exceptions
   * @param limits is given all limits of accounts and domains
   * @param suspensions is given all accounts that may not send
   * @param blocks is given all who may not log in
   */
  record Listeners(
      BiConsumer<List<StoredKey>, Map<Domain, Domain>> keys,
      Consumer<Map<Domain, Address>> archives,
      Consumer<List<Row>> exceptions,
      Consumer<List<Row>> limits,
      Consumer<List<Suspension>> suspensions,
      Consumer<List<Block>> blocks) {}

  DirectoryService(Configuration configuration, Health.Component health, Listeners listeners) {
    this.store = Stores.open(configuration);
    this.directory =
        new CachingDirectory(
            store.directory(),
            DatabaseConfig.cache(configuration.settings()),
            System::nanoTime,
            readAhead);
    this.accounts =
        new CachingAccounts(
            store.accounts(), DatabaseConfig.cache(configuration.settings()), System::nanoTime);
    this.health = health;
    this.listeners = listeners;
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

  /** What limits have counted, in the same database. */
  CounterStore counters() {
    return store.counters();
  }

  /** Accounts that may not send, in the same database. */
  SuspensionStore suspensions() {
    return store.suspensions();
  }

  /** Whose mail came when, in the same database. */
  GreylistStore greylist() {
    return store.greylist();
  }

  /** Who can log in. */
  Accounts accounts() {
    return accounts;
  }

  /** What logins leave behind, in the same database. */
  LoginStore logins() {
    return store.logins();
  }

  /** How much mailboxes hold, in the same database. */
  UsageStore usage() {
    return store.usage();
  }

  /** Who may not log in, in the same database. */
  BlockStore blocks() {
    return store.blocks();
  }

  /** Forgets at once what we have changed ourselves; others see it within a second. */
  void changed(String subject) {
    directory.changed(subject);
    accounts.changed(subject);
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
          prepared = true;
        }
        if (prepared) {
          take(changes.next());
          if (condition != Condition.UP) {
            directory.answered();
            accounts.answered();
          }
          tell();
          become(Condition.UP, "");
        }
      } catch (UnavailableException e) {
        suspensionsDue = true; // what was suspended meanwhile is written when they are read
        become(Condition.DOWN, String.valueOf(e.getMessage()));
      }
    } while (!isClosed());
  }

  private void take(List<String> changes) {
    changes.forEach(directory::changed);
    changes.forEach(accounts::changed);
    keysDue |= changes.stream().anyMatch(DirectoryService::concernsKeys);
    archivesDue |= changes.stream().anyMatch(change -> concerns(change, "domain"));
    exceptionsDue |= changes.stream().anyMatch(change -> concerns(change, "exception"));
    limitsDue |= changes.stream().anyMatch(change -> concerns(change, "limit"));
    suspensionsDue |= changes.stream().anyMatch(change -> concerns(change, "suspension"));
    blocksDue |= changes.stream().anyMatch(change -> concerns(change, "block"));
  }

  private void tell() throws UnavailableException {
    if (keysDue) {
      listeners.keys().accept(store.keys().all(), store.keys().signers());
      keysDue = false;
    }
    if (archivesDue) {
      listeners.archives().accept(store.archives().all());
      archivesDue = false;
    }
    if (exceptionsDue) {
      listeners.exceptions().accept(rows(Kind.EXCEPTION));
      exceptionsDue = false;
    }
    if (limitsDue) {
      listeners.limits().accept(rows(Kind.LIMIT));
      limitsDue = false;
    }
    if (suspensionsDue) {
      Instant since = InstantSource.system().instant().minus(Suspensions.REMEMBERED);
      listeners.suspensions().accept(store.suspensions().all(since));
      suspensionsDue = false;
    }
    if (blocksDue) {
      listeners.blocks().accept(store.blocks().all(InstantSource.system().instant()));
      blocksDue = false;
    }
  }

  private List<Row> rows(Kind kind) throws UnavailableException {
    List<Row> rows = new ArrayList<>();
    store.administration().list(kind, Optional.empty(), rows::add);
    return rows;
  }

  private static boolean concerns(String change, String subject) {
    return change.equals(subject) || change.startsWith(subject + " ") || change.equals("all");
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
