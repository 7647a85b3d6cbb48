package dovetail.lookup.mtasts;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dovetail.dns.Resolver;
import dovetail.mail.Domain;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * The policies of all domains, as far as they are known. One that is held is answered at once and
 * looked at again behind that; one that is not is looked for while the asker waits, in its file
 * first: strangers can make us hold policies of theirs in place of others, which must not be lost
 * by that. However many ask, a domain is looked at once at a time. For any thread.
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

  /** Patterns that take so much memory take the place of one entry. */
  private static final int ENTRY_OCTETS = 1024;

  /** What a pattern takes beside its text: four objects and a place in a list. */
  private static final int PATTERN_OCTETS = 80;

  private static final int MOST_PAUSES = 10_000;

  private final MtaSts.Clocks clocks;
  private final InstantSource clock;
  private final MtaStsObserver observer;
  private final Optional<PolicyFolder> folder;
  private final Cache<Domain, Holding> held;
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

  /** A policy in memory. */
  private static final class Holding {
    private final HeldPolicy policy;

    /** Until then it is not looked at again of itself, by the clock of nanoseconds. */
    private volatile long pausedUntil;

    Holding(HeldPolicy policy, long nanos) {
      this.policy = policy;
      this.pausedUntil = nanos;
    }

    Optional<HeldPolicy> at(Instant now) {
      return Optional.of(policy).filter(it -> !it.isOver(now));
    }
  }

  /**
   * Policies; those of the folder are known from the start, the newest of them in memory.
   *
   * @param entries how many are held in memory, long ones count as several
   */
  Policies(
      Sources sources,
      Optional<PolicyFolder> folder,
      int entries,
      MtaSts.Clocks clocks,
      MtaStsObserver observer) {
    this.sources = sources;
    this.clocks = clocks;
    this.clock = clocks.wall();
    this.observer = observer;
    this.folder = folder;
    this.held =
        Caffeine.newBuilder()
            .maximumWeight(entries)
            .weigher((Domain _, Holding holding) -> weight(holding.policy))
            .executor(Runnable::run)
            .build();
    this.failed = paused(PAUSE, clocks);
    this.checked = paused(CHECK, clocks);
    folder.ifPresent(it -> load(it, entries));
  }

  private void load(PolicyFolder files, int entries) {
    Instant now = clock.instant();
    int room = entries;
    for (Domain domain : files.open(now)) {
      Optional<HeldPolicy> policy = files.find(domain, now);
      if (policy.isPresent()) {
        room -= weight(policy.get());
        if (room < 0) {
          return;
        }
        hold(domain, policy.get());
      }
    }
  }

  private static Cache<Domain, Boolean> paused(Duration pause, MtaSts.Clocks clocks) {
    return Caffeine.newBuilder()
        .maximumSize(MOST_PAUSES)
        .expireAfterWrite(pause)
        .ticker(clocks.nanos()::getAsLong)
        .executor(Runnable::run)
        .build();
  }

  /** How many entries it counts as. */
  static int weight(HeldPolicy policy) {
    int octets = 0;
    for (MxPattern pattern : policy.policy().mx()) {
      octets += PATTERN_OCTETS + pattern.name().ascii().length();
    }
    return 1 + octets / ENTRY_OCTETS;
  }

  /** Uses other sources from now on, and keeps what is known. */
  void use(Sources other) {
    sources = other;
    failed.invalidateAll(); // it may have failed for what is mended now
  }

  /** How many policies are held in memory. */
  long size() {
    return held.estimatedSize();
  }

  /** The policy of a domain, if it has one that is known or can be had now. */
  Optional<HeldPolicy> of(Domain domain) {
    Instant asked = clock.instant();
    Optional<HeldPolicy> known = kept(domain);
    if (known.isEmpty()) {
      // Not what has ended while somebody looked at it already.
      return await(look(domain, known)).filter(it -> isFor(it, asked));
    }
    if (checked.getIfPresent(domain) == null) {
      CompletableFuture<?> _ = look(domain, known); // behind the answer
    }
    return known;
  }

  /** A policy that may not be kept at all is for those who asked before it was fetched. */
  private static boolean isFor(HeldPolicy policy, Instant asked) {
    return !policy.isOver(asked) || !policy.fetched().isBefore(asked);
  }

  /**
   * Looks again at those that are due, whether or not anybody asks (RFC 8461 10.2); at so many at a
   * time, those first that have waited longest. Called by one thread at a time.
   */
  void refresh() {
    Instant now = clock.instant();
    long nanos = clocks.nanos().getAsLong();
    held.asMap().forEach((domain, holding) -> dropEnded(domain, holding, now));
    List<Map.Entry<Domain, Holding>> due =
        held.asMap().entrySet().stream()
            .filter(each -> isDue(each.getValue(), now, nanos) && isNotPaused(each.getKey()))
            .sorted(Map.Entry.comparingByValue(longestWaiting(nanos)))
            .limit(MOST_FETCHES)
            .toList();
    for (Map.Entry<Domain, Holding> each : due) {
      each.getValue().pausedUntil = nanos + PAUSE.toNanos();
      CompletableFuture<?> _ = look(each.getKey(), each.getValue().at(now));
    }
  }

  private static boolean isDue(Holding holding, Instant now, long nanos) {
    return holding.policy.isDue(now) && nanos - holding.pausedUntil >= 0;
  }

  private static Comparator<Holding> longestWaiting(long nanos) {
    return Comparator.comparingLong((Holding holding) -> holding.pausedUntil - nanos)
        .thenComparing(holding -> holding.policy.end());
  }

  /** Waits for all that is under way. */
  void idle() {
    underWay.values().forEach(CompletableFuture::join);
  }

  private boolean isNotPaused(Domain domain) {
    return failed.getIfPresent(domain) == null && checked.getIfPresent(domain) == null;
  }

  private void hold(Domain domain, HeldPolicy policy) {
    held.put(domain, new Holding(policy, clocks.nanos().getAsLong()));
  }

  /** What is held in memory, if it holds yet. */
  private Optional<HeldPolicy> kept(Domain domain) {
    Instant now = clock.instant();
    Optional<Holding> holding = Optional.ofNullable(held.getIfPresent(domain));
    holding.ifPresent(it -> dropEnded(domain, it, now));
    return holding.flatMap(it -> it.at(now));
  }

  private void dropEnded(Domain domain, Holding holding, Instant now) {
    if (holding.policy.hasEnded(now) && held.asMap().remove(domain, holding)) {
      folder.ifPresent(it -> it.removeEnded(domain, now));
    }
  }

  /** What had to leave memory for others, from its file. */
  private Optional<HeldPolicy> recall(Domain domain) {
    if (held.getIfPresent(domain) != null) { // there, and over until the clock is set
      return Optional.empty();
    }
    Optional<HeldPolicy> policy = folder.flatMap(it -> it.find(domain, clock.instant()));
    policy.ifPresent(it -> hold(domain, it));
    return policy;
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
            result = kept(domain).or(() -> recall(domain)); // it may have come since we looked
            result = lookNow(domain, result);
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

  private Optional<HeldPolicy> lookNow(Domain domain, Optional<HeldPolicy> known) {
    Sources now = sources;
    Optional<Domain> name = domain.below(PolicyRecord.LABEL);
    if (name.isEmpty()) {
      return known;
    }
    switch (PolicyRecord.of(now.resolver().txt(name.get()))) {
      case PolicyRecord.Published(String id) -> {
        boolean isSame = known.filter(policy -> policy.id().equals(id)).isPresent();
        boolean isDue = known.filter(policy -> policy.isDue(clock.instant())).isPresent();
        return isSame && !isDue ? known : fetch(domain, id, now.fetcher(), known).or(() -> known);
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

  private Optional<HeldPolicy> fetch(
      Domain domain, String id, PolicyFetcher fetcher, Optional<HeldPolicy> known) {
    if (failed.getIfPresent(domain) != null) {
      return Optional.empty();
    }
    switch (inTurn(domain, fetcher)) {
      case FetchResult.Fetched(Policy policy) -> {
        HeldPolicy fresh = new HeldPolicy(id, clock.instant(), policy);
        hold(domain, fresh);
        folder.ifPresent(it -> it.put(domain, fresh));
        observer.fetched(domain);
        return Optional.of(fresh);
      }
      case FetchResult.Refused(FetchFailure why, String detail) -> {
        if (why != FetchFailure.BUSY) {
          failed.put(domain, true);
        }
        observer.refused(domain, why, detail, known.isPresent());
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
