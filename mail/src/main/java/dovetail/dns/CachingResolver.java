package dovetail.dns;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import dovetail.mail.Domain;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.function.LongSupplier;

/**
 * Remembers answers as long as they hold, and asks the same question once however many ask at once.
 * Each question has a thread of its own, so that no asker's end is the end of another's question.
 */
public final class CachingResolver implements Resolver {
  /** What is trusted for longer can be changed by nobody in time: a revoked key, say. */
  static final Duration LONGEST = Duration.ofHours(1);

  /** RFC 2308 5 lets a negative answer live for hours: too long for a record just published. */
  static final Duration LONGEST_NEGATIVE = Duration.ofSeconds(60);

  static final Duration FAILURE = Duration.ofSeconds(1); // RFC 9520 3.2: no less

  /** About what an entry costs besides its text, and each record of it. */
  private static final int ENTRY_OCTETS = 200;

  private static final int RECORD_OCTETS = 60;

  private final Upstream upstream;
  private final LongSupplier nanos;
  private final DnsObserver observer;
  private final Semaphore permits;
  private final Cache<Domain, Response<String>> cache;
  private final ConcurrentMap<Domain, CompletableFuture<Answer<String>>> asked =
      new ConcurrentHashMap<>();

  /**
   * What a resolver may use.
   *
   * @param questions how many may be on their way at once; one or more
   * @param octets about how much memory the answers may take
   */
  public record Limits(int questions, long octets) {
    /** For one host's mail. */
    public static final Limits DEFAULT = new Limits(1_000, 16L << 20);

    /**
     * Limits.
     *
     * @throws IllegalArgumentException if nothing could be asked, or the memory is negative
     */
    public Limits {
      if (questions < 1 || octets < 0) {
        throw new IllegalArgumentException("limits of the DNS: " + questions + ", " + octets);
      }
    }
  }

  /**
   * A resolver that knows nothing yet.
   *
   * @param nanos a clock that only goes forward, in nanoseconds
   */
  public CachingResolver(
      Upstream upstream, Limits limits, LongSupplier nanos, DnsObserver observer) {
    this.upstream = upstream;
    this.nanos = nanos;
    this.observer = observer;
    this.permits = new Semaphore(limits.questions());
    this.cache =
        Caffeine.newBuilder()
            .maximumWeight(limits.octets())
            .weigher(CachingResolver::octets)
            .expireAfter(Expiry.writing((Domain _, Response<String> response) -> response.ttl()))
            .ticker(nanos::getAsLong)
            .executor(Runnable::run) // no thread of its own: there is little to tidy up
            .build();
  }

  /**
   * {@inheritDoc}
   *
   * @return a timeout, too, for an asker who is interrupted
   * @throws IllegalStateException if the upstream has a fault of its own
   */
  @Override
  public Answer<String> txt(Domain name) {
    return knownTxt(name).orElseGet(() -> await(ask(name)));
  }

  @Override
  public Optional<Answer<String>> knownTxt(Domain name) {
    Optional<Answer<String>> known = kept(name);
    if (known.isPresent()) {
      observer.known();
    }
    return known;
  }

  private Optional<Answer<String>> kept(Domain name) {
    return Optional.ofNullable(cache.getIfPresent(name)).map(Response::answer);
  }

  private CompletableFuture<Answer<String>> ask(Domain name) {
    CompletableFuture<Answer<String>> mine = new CompletableFuture<>();
    CompletableFuture<Answer<String>> others = asked.putIfAbsent(name, mine);
    if (others != null) {
      observer.joined();
      return others;
    }
    Optional<Answer<String>> known = kept(name); // it may have come since we looked
    if (known.isPresent()) {
      observer.known();
      settle(name, mine, known.get());
    } else if (permits.tryAcquire()) {
      Thread.ofVirtual().name("dns").start(() -> askUpstream(name, mine));
    } else {
      Answer<String> tooMany = new Answer.Failed<>(Failure.TOO_MANY);
      observer.answered(tooMany, Duration.ZERO);
      settle(name, mine, tooMany);
    }
    return mine;
  }

  private void askUpstream(Domain name, CompletableFuture<Answer<String>> future) {
    try {
      long began = nanos.getAsLong();
      Response<String> response = upstream.txt(name);
      observer.answered(response.answer(), Duration.ofNanos(nanos.getAsLong() - began));
      keep(name, response);
      permits.release(); // before anybody can know that it is over
      settle(name, future, response.answer());
    } catch (Throwable e) { // errors, too: whoever waits must not wait for ever
      permits.release();
      asked.remove(name, future);
      future.completeExceptionally(e);
    }
  }

  /** The cache comes first: whoever finds the question gone must find the answer. */
  private void settle(
      Domain name, CompletableFuture<Answer<String>> future, Answer<String> answer) {
    asked.remove(name, future);
    future.complete(answer);
  }

  private void keep(Domain name, Response<String> response) {
    Duration time =
        switch (response.answer()) {
          case Answer.Records<String> _ -> shorter(response.ttl(), LONGEST);
          case Answer.NoData<String> _, Answer.NoSuchName<String> _ ->
              shorter(response.ttl(), LONGEST_NEGATIVE);
          // RFC 9520 3.2: kept, but for this very question: others below its parents may do well.
          case Answer.Failed<String> _ -> FAILURE;
        };
    if (time.isPositive()) { // RFC 1035 3.2.1: zero is for those who wait now
      cache.put(name, new Response<>(response.answer(), time));
    }
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  private static int octets(Domain name, Response<String> response) {
    int octets = ENTRY_OCTETS + name.ascii().length();
    if (response.answer() instanceof Answer.Records<String> some) {
      for (String text : some.records()) {
        octets += RECORD_OCTETS + text.length();
      }
    }
    return octets;
  }

  private static Answer<String> await(CompletableFuture<Answer<String>> future) {
    try {
      return future.get(); // ends, since every question of an upstream ends
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return new Answer.Failed<>(Failure.TIMEOUT);
    } catch (ExecutionException e) {
      throw new IllegalStateException("the DNS has failed by our own fault", e.getCause());
    }
  }
}
