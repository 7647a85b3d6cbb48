package dovetail.lookup.mtasts;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dovetail.dns.Resolver;
import dovetail.mail.Domain;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The policies of all domains, as far as they are known. One that is held is answered at once and
 * looked at again behind that; one that is not is looked for while the asker waits. However many
 * ask, a domain is looked at once at a time. For any thread.
 */
final class Policies {
  /** How long it is left at that when a policy could not be fetched (RFC 8461 3.3). */
  static final Duration PAUSE = Duration.ofMinutes(5);

  /** How often a policy that is held is compared with its record, if anybody asks. */
  static final Duration CHECK = Duration.ofMinutes(1);

  /** How many may be fetched at a time. */
  static final int MOST_FETCHES = 50;

  /** How long one more waits for its turn. */
  private static final Duration TURN = Duration.ofSeconds(5);

  /** A policy of so much text takes the place of one entry. */
  private static final int ENTRY_OCTETS = 1024;

  private static final int MOST_PAUSES = 10_000;

  private final InstantSource clock;
  private final MtaStsObserver observer;
  private final Optional<PolicyFolder> folder;
  private final Cache<Domain, HeldPolicy> held;
  private final Cache<Domain, Boolean> failed;
  private final Cache<Domain, Boolean> checked;
  private final ConcurrentMap<Domain, CompletableFuture<Optional<HeldPolicy>>> underWay =
      new ConcurrentHashMap<>();
  private final Semaphore fetches = new Semaphore(MOST_FETCHES);
  private volatile Sources sources;

  /**
   * Where policies come from.
   *
   * @param resolver where their records are
   */
  record Sources(Resolver resolver, PolicyFetcher fetcher) {}

  /**
   * Policies; those of the folder are known from the start.
   *
   * @param entries about how many are kept, long ones count as several
   */
  Policies(
      Sources sources,
      Optional<PolicyFolder> folder,
      int entries,
      MtaSts.Clocks clocks,
      MtaStsObserver observer) {
    this.sources = sources;
    this.clock = clocks.wall();
    this.observer = observer;
    this.folder = folder;
    this.held =
        Caffeine.newBuilder()
            .maximumWeight(entries)
            .weigher((Domain _, HeldPolicy policy) -> weight(policy))
            .evictionListener((domain, _, _) -> forget(domain))
            .executor(Runnable::run)
            .build();
    this.failed = paused(PAUSE, clocks);
    this.checked = paused(CHECK, clocks);
    folder.ifPresent(it -> held.putAll(it.load(clock.instant(), entries)));
  }

  private static Cache<Domain, Boolean> paused(Duration pause, MtaSts.Clocks clocks) {
    return Caffeine.newBuilder()
        .maximumSize(MOST_PAUSES)
        .expireAfterWrite(pause)
        .ticker(clocks.nanos()::getAsLong)
        .executor(Runnable::run)
        .build();
  }

  private static int weight(HeldPolicy policy) {
    int octets = 0;
    for (MxPattern pattern : policy.policy().mx()) {
      octets += pattern.name().ascii().length() + 8;
    }
    return 1 + octets / ENTRY_OCTETS;
  }

  /** Uses other sources from now on, and keeps what is known. */
  void use(Sources other) {
    sources = other;
    failed.invalidateAll(); // it may have failed for what is mended now
  }

  /** How many policies are held. */
  long size() {
    return held.estimatedSize();
  }

  /** The policy of a domain, if it has one that is known or can be had now. */
  Optional<HeldPolicy> of(Domain domain) {
    Optional<HeldPolicy> known = kept(domain);
    if (known.isEmpty()) {
      return await(look(domain, known));
    }
    if (checked.getIfPresent(domain) == null) {
      CompletableFuture<?> _ = look(domain, known); // behind the answer
    }
    return known;
  }

  /** Looks again at those that are due, whether or not anybody asks (RFC 8461 10.2). */
  void refresh() {
    Instant now = clock.instant();
    List<Domain> due =
        held.asMap().entrySet().stream()
            .filter(entry -> entry.getValue().isDue(now) && isNotPaused(entry.getKey()))
            .limit(MOST_FETCHES)
            .map(Map.Entry::getKey)
            .toList();
    for (Domain domain : due) {
      Optional<HeldPolicy> known = kept(domain);
      if (known.isPresent()) {
        CompletableFuture<?> _ = look(domain, known);
      }
    }
  }

  /** Waits for all that is under way. */
  void idle() {
    underWay.values().forEach(CompletableFuture::join);
  }

  private boolean isNotPaused(Domain domain) {
    return failed.getIfPresent(domain) == null && checked.getIfPresent(domain) == null;
  }

  private Optional<HeldPolicy> kept(Domain domain) {
    Optional<HeldPolicy> known = Optional.ofNullable(held.getIfPresent(domain));
    if (known.isPresent() && known.get().isOver(clock.instant())) {
      if (held.asMap().remove(domain, known.get())) {
        forget(domain);
      }
      return Optional.empty();
    }
    return known;
  }

  private void forget(@Nullable Domain domain) {
    if (domain != null) {
      folder.ifPresent(it -> it.remove(domain));
    }
  }

  /** Looks at a domain, on a thread of its own; joins whoever does so already. */
  private CompletableFuture<Optional<HeldPolicy>> look(Domain domain, Optional<HeldPolicy> known) {
    CompletableFuture<Optional<HeldPolicy>> mine = new CompletableFuture<>();
    CompletableFuture<Optional<HeldPolicy>> others = underWay.putIfAbsent(domain, mine);
    if (others != null) {
      return others;
    }
    Thread.ofVirtual()
        .name("mta-sts")
        .start(() -> {
          Optional<HeldPolicy> result = known;
          try {
            result = lookNow(domain);
          } catch (Throwable e) { // our own fault, and no reason to defer anybody's mail
            observer.fault(domain, e);
          } finally {
            checked.put(domain, true);
            underWay.remove(domain, mine);
            mine.complete(result);
          }
        });
    return mine;
  }

  private Optional<HeldPolicy> lookNow(Domain domain) {
    Sources now = sources;
    Optional<HeldPolicy> known = kept(domain); // it may have come since we looked
    Optional<Domain> name = domain.below(PolicyRecord.LABEL);
    if (name.isEmpty()) {
      return known;
    }
    switch (PolicyRecord.of(now.resolver().txt(name.get()))) {
      case PolicyRecord.Published(String id) -> {
        boolean isSame = known.filter(policy -> policy.id().equals(id)).isPresent();
        boolean isDue = known.filter(policy -> policy.isDue(clock.instant())).isPresent();
        return isSame && !isDue ? known : fetch(domain, id, now.fetcher()).or(() -> known);
      }
      // RFC 8461 3.3, 5.1: what was fetched holds all the same.
      case PolicyRecord.Absent() ->
          known.ifPresent(_ -> observer.unconfirmed(domain, "its record is gone"));
      case PolicyRecord.Invalid(String why) -> observer.badRecord(domain, why);
      case PolicyRecord.Unknown(var failure) ->
          known.ifPresent(_ -> observer.unconfirmed(domain, "DNS: " + failure.words()));
    }
    return known;
  }

  private Optional<HeldPolicy> fetch(Domain domain, String id, PolicyFetcher fetcher) {
    if (failed.getIfPresent(domain) != null) {
      return Optional.empty();
    }
    switch (inTurn(domain, fetcher)) {
      case FetchResult.Fetched(Policy policy) -> {
        HeldPolicy fresh = new HeldPolicy(id, clock.instant(), policy);
        held.put(domain, fresh);
        folder.ifPresent(it -> it.put(domain, fresh));
        observer.fetched(domain);
        return Optional.of(fresh);
      }
      case FetchResult.Refused(FetchFailure why, String detail) -> {
        if (why != FetchFailure.BUSY) {
          failed.put(domain, true);
        }
        observer.refused(domain, why, detail, kept(domain).isPresent());
        return Optional.empty();
      }
    }
  }

  private FetchResult inTurn(Domain domain, PolicyFetcher fetcher) {
    try {
      if (!fetches.tryAcquire(TURN.toMillis(), TimeUnit.MILLISECONDS)) {
        return new FetchResult.Refused(FetchFailure.BUSY, "");
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return new FetchResult.Refused(FetchFailure.BUSY, "");
    }
    try {
      return fetcher.fetch(domain);
    } catch (RuntimeException e) {
      observer.fault(domain, e);
      return new FetchResult.Refused(FetchFailure.FAULT, e.toString());
    } finally {
      fetches.release();
    }
  }

  private static Optional<HeldPolicy> await(CompletableFuture<Optional<HeldPolicy>> future) {
    try {
      return future.get(); // ends, since every question and every fetch ends
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    } catch (ExecutionException e) {
      throw new IllegalStateException("never completed so", e);
    }
  }
}
