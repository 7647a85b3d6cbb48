package dovetail.dns;

import dovetail.mail.Domain;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * The questions of one message: asked ahead, without waiting, each on a thread of its own, and the
 * same only once. Whoever needs an answer waits for it, but all together never longer than the
 * budget. For one thread.
 */
public final class Questions {
  private final Resolver resolver;
  private final long budget;
  private final LongSupplier nanos;
  private final Map<Domain, Question<String>> txt = new HashMap<>();
  private long waited;

  /**
   * The questions of a message, none yet.
   *
   * @param budget how long all waiting together may take
   * @param nanos a clock that only goes forward, in nanoseconds
   */
  public Questions(Resolver resolver, Duration budget, LongSupplier nanos) {
    this.resolver = resolver;
    this.budget = budget.toNanos();
    this.nanos = nanos;
  }

  /** A question that has been asked. */
  public final class Question<T> {
    private final CompletableFuture<Answer<T>> future;

    private Question(CompletableFuture<Answer<T>> future) {
      this.future = future;
    }

    /** Waits for the answer; a timeout when the budget is used up. */
    public Answer<T> answer() {
      return await(future).orElseGet(() -> new Answer.Failed<>(Failure.TIMEOUT));
    }
  }

  /** Something that takes questions of its own, and has been begun. */
  public final class Task<T> {
    private final CompletableFuture<T> future;

    private Task(CompletableFuture<T> future) {
      this.future = future;
    }

    /** Waits for its result; nothing when the budget is used up. */
    public Optional<T> result() {
      return await(future);
    }
  }

  /** Begins with something that may wait for answers, on a thread of its own. */
  public <T> Task<T> ahead(Supplier<T> work) {
    return new Task<>(onAThread(work));
  }

  /** Asks for the TXT records of a name. */
  public Question<String> txt(Domain name) {
    return txt.computeIfAbsent(name, this::ask);
  }

  private Question<String> ask(Domain name) {
    return new Question<>(
        resolver
            .knownTxt(name)
            .map(CompletableFuture::completedFuture)
            .orElseGet(() -> onAThread(() -> resolver.txt(name))));
  }

  private static <T> CompletableFuture<T> onAThread(Supplier<T> work) {
    CompletableFuture<T> future = new CompletableFuture<>();
    Thread.ofVirtual()
        .start(() -> {
          try {
            future.complete(work.get());
          } catch (Throwable e) { // our own fault: whoever waits fails with it, at once
            future.completeExceptionally(e);
          }
        });
    return future;
  }

  private <T> Optional<T> await(CompletableFuture<T> future) {
    long began = nanos.getAsLong();
    try {
      return Optional.of(future.get(Math.max(0, budget - waited), TimeUnit.NANOSECONDS));
    } catch (TimeoutException _) {
      return Optional.empty();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    } catch (ExecutionException e) {
      throw new IllegalStateException("a question has failed", e.getCause());
    } finally {
      waited += nanos.getAsLong() - began;
    }
  }
}
