package dovetail.policy.source;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dovetail.counter.GreylistEntry;
import dovetail.counter.GreylistStore;
import dovetail.counter.Standing;
import dovetail.directory.Outage;
import dovetail.directory.edit.UnavailableException;
import dovetail.policy.rule.Greylist;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;

/**
 * The greylist of the database, with a cache before it. A database that is slow counts as one that
 * is away.
 */
public final class StoredGreylist implements Greylist {
  /** Others change it, but never so that it matters before that. */
  private static final Duration CACHED = Duration.ofMinutes(10);

  private static final int MOST_CACHED = 20_000;

  /**
   * So many ask at a time, who leave connections to others whose mail waits, too. Beyond it they
   * wait for their turn, half of the patience, and the other half for an answer.
   */
  private static final int MOST_ASKING = 4;

  /** How long a database that has not answered is left alone. */
  private static final Duration PAUSE = Duration.ofSeconds(1);

  /** So much may wait to be noted that nobody waits for; more is not noted. */
  private static final int MOST_NOTES = 1_000;

  /** So many of a network may wait; who sends more there is soon known well. */
  private static final int MOST_OF_NETWORK = 1_000;

  /** After so many new rows old ones are looked for, and many more removed than have come. */
  private static final int SWEPT_AFTER = 100;

  private static final int SWEPT = 1_000;

  private final GreylistStore store;
  private final Executor threads;
  private final Duration patience;
  private final Semaphore permits = new Semaphore(MOST_ASKING);
  private final Semaphore notes = new Semaphore(MOST_NOTES);
  private final AtomicInteger begun = new AtomicInteger();
  private final AtomicBoolean sweeping = new AtomicBoolean();
  private final Outage outage;
  private final Cache<String, Standing.Mail> mails;
  private final Cache<String, Standing.Client> clients;

  /** Asks the store for something. */
  @FunctionalInterface
  private interface Work<T> {
    T run() throws UnavailableException;
  }

  /**
   * @param threads run what waits for the database
   * @param patience how long it is waited for, at most twice for a request
   * @param nanos a clock that only goes forward, in nanoseconds
   */
  public StoredGreylist(
      GreylistStore store, Executor threads, Duration patience, LongSupplier nanos) {
    this.store = store;
    this.threads = threads;
    this.patience = patience;
    this.outage = new Outage(PAUSE.toNanos(), nanos);
    this.mails = cache(nanos);
    this.clients = cache(nanos);
  }

  private static <T> Cache<String, T> cache(LongSupplier nanos) {
    return Caffeine.newBuilder()
        .maximumSize(MOST_CACHED)
        .expireAfterWrite(CACHED)
        .ticker(nanos::getAsLong)
        .executor(Runnable::run)
        .<String, T>build();
  }

  @Override
  public Optional<Standing> find(GreylistEntry entry, long enough) {
    Optional<Standing.Mail> mail = Optional.ofNullable(mails.getIfPresent(entry.mail()));
    Optional<Standing.Client> client = Optional.ofNullable(clients.getIfPresent(entry.client()));
    boolean known = client.filter(one -> mail.isPresent() || one.passes() >= enough).isPresent();
    if (known) {
      return Optional.of(new Standing(mail, client));
    }
    Optional<Standing> found = within(() -> store.find(entry));
    found.flatMap(Standing::mail).ifPresent(one -> mails.put(entry.mail(), one));
    found.flatMap(Standing::client).ifPresent(one -> clients.put(entry.client(), one));
    return found;
  }

  @Override
  public boolean begin(GreylistEntry entry, Standing.Mail mail) {
    boolean noted =
        within(
                () -> {
                  store.begin(entry, mail, MOST_OF_NETWORK);
                  return true;
                })
            .isPresent();
    if (noted) {
      mails.put(entry.mail(), mail);
      if (begun.incrementAndGet() % SWEPT_AFTER == 1 && sweeping.compareAndSet(false, true)) {
        threads.execute(() -> sweep(mail.first()));
      }
    }
    return noted;
  }

  private void sweep(Instant now) {
    try {
      store.forget(now, SWEPT);
    } catch (UnavailableException _) {
      // The next hundred try again.
    } finally {
      sweeping.set(false);
    }
  }

  @Override
  public void pass(GreylistEntry entry, Standing.Mail mail) {
    mails.put(entry.mail(), mail);
    later(() -> store.pass(entry, mail));
  }

  @Override
  public void count(GreylistEntry entry, Standing.Client client) {
    clients.put(entry.client(), client);
    later(() -> store.count(entry, client));
  }

  /** Changes the store. */
  @FunctionalInterface
  private interface Deed {
    void run() throws UnavailableException;
  }

  /** Nobody's mail waits for it. */
  private void later(Deed deed) {
    if (!notes.tryAcquire()) {
      return;
    }
    threads.execute(() -> {
      try {
        if (acquired()) {
          try {
            deed.run();
          } finally {
            permits.release();
          }
        }
      } catch (UnavailableException _) {
        // It is known here, and asked for again elsewhere.
      } finally {
        notes.release();
      }
    });
  }

  private boolean acquired() {
    try {
      return permits.tryAcquire(patience.toNanos() / 2, TimeUnit.NANOSECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private <T> Optional<T> within(Work<T> work) {
    if (outage.why().isPresent() || !acquired()) {
      return Optional.empty();
    }
    CompletableFuture<Optional<T>> future = new CompletableFuture<>();
    threads.execute(() -> {
      try {
        future.complete(Optional.of(work.run()));
        outage.end();
      } catch (UnavailableException e) {
        outage.begin(String.valueOf(e.getMessage()));
        future.complete(Optional.empty());
      } catch (Throwable e) { // our own fault: whoever waits fails with it
        future.completeExceptionally(e);
      } finally {
        permits.release();
      }
    });
    try {
      return future.get(patience.toNanos() / 2, TimeUnit.NANOSECONDS);
    } catch (TimeoutException _) {
      outage.begin("it takes too long");
      return Optional.empty();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    } catch (ExecutionException e) {
      throw new IllegalStateException("the greylist has failed", e.getCause());
    }
  }
}
