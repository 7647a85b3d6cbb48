package dovetail.directory;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dovetail.mail.Address;
import dovetail.mail.Domain;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Reads all addresses of a domain once several of them were asked for: that takes as long as a few
 * questions do, and those that are asked for next are known, the database be away or not. For any
 * thread.
 */
final class ReadAhead {
  /** After so many questions that found something, within the time that answers are fresh. */
  private static final int QUESTIONS = 8;

  /** Domains with more rows than that are left alone: few of them would be asked for soon. */
  private static final int MOST_ROWS = 4000;

  /** Far from any number of questions. */
  private static final int DONE = Integer.MIN_VALUE;

  private final Directory source;
  private final LookupCache<Address, AddressEntry> addresses;
  private final int most;
  private final Executor executor;
  private final Duration patience;
  private final Cache<Domain, AtomicInteger> questions;
  private final Cache<Domain, Boolean> large;
  private final ConcurrentHashMap<Domain, CompletableFuture<Boolean>> underWay =
      new ConcurrentHashMap<>();

  /**
   * @param executor where it is read, one domain after the other
   * @param patience how long a question waits for a domain that is read or is going to be
   */
  ReadAhead(
      Directory source,
      LookupCache<Address, AddressEntry> addresses,
      LookupCache.Shared shared,
      Executor executor,
      Duration patience) {
    this.source = source;
    this.addresses = addresses;
    this.most = Math.min(MOST_ROWS, shared.limits().entries() / 4);
    this.executor = executor;
    this.patience = patience;
    this.questions =
        Caffeine.newBuilder()
            .maximumSize(shared.limits().entries())
            .expireAfterWrite(shared.limits().found())
            .ticker(shared.nanos()::getAsLong)
            .executor(Runnable::run)
            .build();
    this.large =
        Caffeine.newBuilder()
            .maximumSize(shared.limits().entries())
            .expireAfterWrite(shared.limits().stale())
            .ticker(shared.nanos()::getAsLong)
            .executor(Runnable::run)
            .build();
  }

  /** The database was asked for an address of that domain, and had something. */
  void found(Domain domain) {
    AtomicInteger count = questions.get(domain, _ -> new AtomicInteger());
    if (count.incrementAndGet() == QUESTIONS && large.getIfPresent(domain) == null) {
      count.set(DONE);
      CompletableFuture<Boolean> reading = new CompletableFuture<>();
      underWay.put(domain, reading);
      executor.execute(() -> {
        try {
          read(domain, count);
        } finally {
          underWay.remove(domain, reading);
          reading.complete(true);
        }
      });
    }
  }

  /** Waits for a domain that is being read, for a short time; whether it was read then. */
  boolean hasRead(Domain domain) {
    CompletableFuture<Boolean> reading = underWay.get(domain);
    if (reading == null) {
      return false;
    }
    try {
      return reading.get(patience.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException _) {
      return false;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    } catch (ExecutionException e) {
      throw new IllegalStateException("it is only ever completed", e);
    }
  }

  private void read(Domain domain, AtomicInteger count) {
    if (!addresses.hasRoom(most)) {
      count.set(0); // later, perhaps
      return;
    }
    LookupCache.Moment begun = addresses.now();
    switch (source.addresses(domain, most)) {
      case Lookup.Found<Map<Address, AddressEntry>>(var all) -> addresses.putAll(all, begun);
      case Lookup.Absent<Map<Address, AddressEntry>> _ -> large.put(domain, true);
      case Lookup.Unavailable<Map<Address, AddressEntry>> _ -> count.set(0);
    }
  }
}
