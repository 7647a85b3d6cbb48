package dovetail.auth.password;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * Compares and hashes passwords on a few platform threads of its own, so that many logins at once
 * slow logins and nothing else. What takes no time is done at once, by the thread that asks. For
 * any thread.
 */
public final class HashThreads implements AutoCloseable {
  private final HashSettings settings;
  private final Argon2id argon2id;
  private final LongSupplier nanos;
  private final Verifier nobody = Argon2Verifier.ofNobody();
  private final ThreadPoolExecutor threads;
  private final Semaphore memoryKib;

  /**
   * @param nanos a clock that only goes forward, in nanoseconds
   */
  public HashThreads(HashSettings settings, Argon2id argon2id, LongSupplier nanos) {
    this.settings = settings;
    this.argon2id = argon2id;
    this.nanos = nanos;
    this.memoryKib = new Semaphore(kib(settings.memoryBytes()), true);
    this.threads =
        new ThreadPoolExecutor(
            settings.threads(),
            settings.threads(),
            0,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(settings.queue()),
            Thread.ofPlatform().daemon().name("password-hash-", 1).factory());
  }

  /** When a login that begins now has waited long enough, by the clock that only goes forward. */
  public long deadline() {
    return nanos.getAsLong() + settings.patience().toNanos();
  }

  /** How many nanoseconds there are until then. */
  public long left(long until) {
    return until - nanos.getAsLong();
  }

  /**
   * Compares a password with a stored one: with the first of its {@link StoredParts} with which
   * that can be done.
   *
   * @param password may be closed as soon as this returns
   * @param until when all comparisons of a login are to be over, as {@link #deadline} had it when
   *     they began
   */
  public Verdict check(String stored, Secret password, long until) {
    List<String> parts = StoredParts.of(stored).all();
    Verdict first = checkPart(parts.getFirst(), password, until);
    if (!(first instanceof Verdict.Refused) || parts.size() == 1) {
      return first;
    }
    return switch (checkPart(parts.getLast(), password, until)) {
      case Verdict.Matches _ -> new Verdict.Matches(true); // with a hash that can be compared
      case Verdict.Refused _ -> first;
      case Verdict.Differs differs -> differs;
      case Verdict.Busy busy -> busy;
    };
  }

  private Verdict checkPart(String stored, Secret password, long until) {
    return switch (StoredPassword.parse(stored, settings.limits())) {
      case StoredPassword.Refused(Refusal refusal, String scheme) ->
          new Verdict.Refused(refusal, scheme);
      case StoredPassword.Usable(Verifier verifier) -> check(verifier, password, until);
    };
  }

  /** Whether a comparison with a stored password takes microseconds, or is none at all. */
  public boolean isCheap(String stored) {
    return StoredParts.of(stored).all().stream()
        .allMatch(part ->
            switch (StoredPassword.parse(part, settings.limits())) {
              case StoredPassword.Refused _ -> true;
              case StoredPassword.Usable(Verifier verifier) -> verifier.cheap();
            });
  }

  /** Why nothing can be compared with a part of a stored password; empty if something can. */
  public Optional<Refusal> refusal(String part) {
    return switch (StoredPassword.parse(part, settings.limits())) {
      case StoredPassword.Refused(Refusal refusal, _) -> Optional.of(refusal);
      case StoredPassword.Usable _ -> Optional.empty();
    };
  }

  /** Takes as long as to compare a password with one stored as usual; for unknown users. */
  public Verdict checkNobody(Secret password, long until) {
    return check(nobody, password, until) instanceof Verdict.Busy busy
        ? busy
        : new Verdict.Differs();
  }

  private Verdict check(Verifier verifier, Secret password, long until) {
    if (verifier.cheap()) {
      return verdict(verifier, verifier.matches(password));
    }
    return run(verifier.memoryBytes(), password, until, verifier::matches)
        .map(same -> verdict(verifier, same))
        .orElseGet(Verdict.Busy::new);
  }

  private static Verdict verdict(Verifier verifier, boolean same) {
    return same ? new Verdict.Matches(verifier.outdated()) : new Verdict.Differs();
  }

  /**
   * Hashes a password as {@link Argon2id} does.
   *
   * @return nothing if too many others wait
   * @throws IllegalArgumentException if no login could ever have the password
   */
  public Optional<String> hash(Secret password) {
    Argon2id.requirePossible(password);
    return run(Argon2id.memoryBytes(), password, deadline(), argon2id::hash);
  }

  /** The same, with keys for SCRAM beside the hash. */
  public Optional<StoredParts> hashWithKeys(Secret password) {
    Argon2id.requirePossible(password);
    return run(Argon2id.memoryBytes(), password, deadline(), argon2id::hashWithKeys);
  }

  /** How many wait for a thread. */
  public int waiting() {
    return threads.getQueue().size();
  }

  /** Works on one of the threads as soon as there are so many bytes left; nothing if that fails. */
  <T> Optional<T> run(long bytes, Secret password, long until, Function<Secret, T> work) {
    try (Secret own = password.copy()) {
      return result(new FutureTask<>(() -> within(bytes, own, work)), until);
    }
  }

  private <T> Optional<T> result(FutureTask<T> task, long until) {
    try {
      threads.execute(task);
      return Optional.of(task.get(left(until), TimeUnit.NANOSECONDS));
    } catch (RejectedExecutionException | TimeoutException | CancellationException _) {
      return Optional.empty(); // the queue is full, or it takes too long, or all is over
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    } finally {
      // What nobody waits for any more is not begun; what was begun may go on with an overwritten
      // password, since nobody hears what came of it.
      task.cancel(false);
    }
  }

  private <T> T within(long bytes, Secret password, Function<Secret, T> work) {
    int share = kib(bytes);
    memoryKib.acquireUninterruptibly(share);
    try {
      return work.apply(password);
    } finally {
      memoryKib.release(share);
    }
  }

  private static int kib(long bytes) {
    return Math.toIntExact((bytes + 1023) >> 10);
  }

  /** Waits for those that have begun or wait, as long as each of them would. */
  @Override
  public void close() {
    threads.shutdown();
    try {
      if (!threads.awaitTermination(settings.patience().toNanos(), TimeUnit.NANOSECONDS)) {
        threads.shutdownNow().forEach(each -> ((Future<?>) each).cancel(false));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
