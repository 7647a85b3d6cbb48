package dovetail.dns;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
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
  private final Cache<Question<?>, Response<?>> cache;
  private final ConcurrentMap<Question<?>, CompletableFuture<?>> asked = new ConcurrentHashMap<>();

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
            .expireAfter(Expiry.writing((Question<?> _, Response<?> response) -> response.ttl()))
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
  public <T> Answer<T> ask(Question<T> question) {
    return known(question).orElseGet(() -> await(send(question)));
  }

  @Override
  public <T> Optional<Answer<T>> known(Question<T> question) {
    Optional<Answer<T>> known = kept(question);
    if (known.isPresent()) {
      observer.known();
    }
    return known;
  }

  // What is kept under a question is an answer to it.
  @SuppressWarnings("unchecked")
  private <T> Optional<Answer<T>> kept(Question<T> question) {
    return Optional.ofNullable((Response<T>) cache.getIfPresent(question)).map(Response::answer);
  }

  // What is under way for a question becomes an answer to it.
  @SuppressWarnings("unchecked")
  private <T> CompletableFuture<Answer<T>> send(Question<T> question) {
    CompletableFuture<Answer<T>> mine = new CompletableFuture<>();
    CompletableFuture<?> others = asked.putIfAbsent(question, mine);
    if (others != null) {
      observer.joined();
      return (CompletableFuture<Answer<T>>) others;
    }
    Optional<Answer<T>> known = kept(question); // it may have come since we looked
    if (known.isPresent()) {
      observer.known();
      settle(question, mine, known.get());
    } else if (permits.tryAcquire()) {
      Thread.ofVirtual().name("dns").start(() -> askUpstream(question, mine));
    } else {
      Answer<T> tooMany = new Answer.Failed<>(Failure.TOO_MANY);
      observer.answered(tooMany, Duration.ZERO);
      settle(question, mine, tooMany);
    }
    return mine;
  }

  private <T> void askUpstream(Question<T> question, CompletableFuture<Answer<T>> future) {
    try {
      long began = nanos.getAsLong();
      Response<T> response = upstream.ask(question);
      observer.answered(response.answer(), Duration.ofNanos(nanos.getAsLong() - began));
      keep(question, response);
      permits.release(); // before anybody can know that it is over
      settle(question, future, response.answer());
    } catch (Throwable e) { // errors, too: whoever waits must not wait for ever
      permits.release();
      asked.remove(question, future);
      future.completeExceptionally(e);
    }
  }

  /** The cache comes first: whoever finds the question gone must find the answer. */
  private <T> void settle(
      Question<T> question, CompletableFuture<Answer<T>> future, Answer<T> answer) {
    asked.remove(question, future);
    future.complete(answer);
  }

  private <T> void keep(Question<T> question, Response<T> response) {
    Duration time =
        switch (response.answer()) {
          case Answer.Records<T> _ -> shorter(response.ttl(), LONGEST);
          case Answer.NoData<T> _, Answer.NoSuchName<T> _ ->
              shorter(response.ttl(), LONGEST_NEGATIVE);
          // RFC 9520 3.2: kept, but for this very question: others below its parents may do well.
          case Answer.Failed<T> _ -> FAILURE;
        };
    if (time.isPositive()) { // RFC 1035 3.2.1: zero is for those who wait now
      cache.put(question, new Response<>(response.answer(), time));
    }
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  private static int octets(Question<?> question, Response<?> response) {
    int octets = ENTRY_OCTETS + question.name().ascii().length();
    if (response.answer() instanceof Answer.Records<?> some) {
      for (Object data : some.records()) {
        octets += RECORD_OCTETS + data.toString().length();
      }
    }
    return octets;
  }

  private static <T> Answer<T> await(CompletableFuture<Answer<T>> future) {
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
