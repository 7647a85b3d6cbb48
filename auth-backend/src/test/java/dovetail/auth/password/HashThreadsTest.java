package dovetail.auth.password;

import static dovetail.auth.password.Passwords.octets;
import static dovetail.auth.password.Passwords.secret;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Passwords are compared where that belongs, and nobody waits without an end. */
@Timeout(60)
final class HashThreadsTest {
  private static final long MIB = 1L << 20;
  private static final Verdict DIFFERS = new Verdict.Differs();
  private static final Verdict BUSY = new Verdict.Busy();
  private static final Verdict OUTDATED = new Verdict.Matches(true);

  /** Takes some 0.1 s. */
  private static final String SLOW = "{CRYPT}$6$rounds=500000$salt$" + "a".repeat(85) + ".";

  private final Argon2id argon2id = new Argon2id(new SecureRandom());

  private static HashSettings settings(int queue, Duration patience) {
    return new HashSettings(1, queue, 32 * MIB, patience, false);
  }

  private HashThreads threads() {
    return new HashThreads(settings(4, Duration.ofSeconds(30)), argon2id, System::nanoTime);
  }

  @Test
  void tellsWhatItFoundOut() {
    try (HashThreads threads = threads()) {
      assertThat(threads.check("{PLAIN}test", secret("test"), threads.deadline()))
          .isEqualTo(OUTDATED);
      assertThat(threads.check("{PLAIN}test", secret("Test"), threads.deadline()))
          .isEqualTo(DIFFERS);
      String old = "{BLF-CRYPT}$2y$05$11ipvo5dR6CwkzwmhwM26OXgzXwhV2PyPuLV.Qi31ILcRcThQpEiW";
      assertThat(threads.check(old, secret("test"), threads.deadline())).isEqualTo(OUTDATED);
      assertThat(threads.check(old, secret("Test"), threads.deadline())).isEqualTo(DIFFERS);
      assertThat(threads.check(old, octets("test\0"), threads.deadline())).isEqualTo(DIFFERS);
      assertThat(threads.check("{OTP}x", secret("test"), threads.deadline()))
          .isEqualTo(new Verdict.Refused(Refusal.OTHER_MECHANISM, "OTP"));
      assertThat(
              threads.check(
                  "{PLAIN-MD5}098f6bcd4621d373cade4e832627b4f6",
                  secret("test"),
                  threads.deadline()))
          .isEqualTo(new Verdict.Refused(Refusal.WEAK_SCHEME, "PLAIN-MD5"));
      assertThat(threads.checkNobody(secret("test"), threads.deadline())).isEqualTo(DIFFERS);
      assertThat(threads.checkNobody(secret(""), threads.deadline())).isEqualTo(DIFFERS);
    }
  }

  @Test
  void whatItHashesIsNotOutdated() {
    try (HashThreads threads = threads()) {
      Optional<String> stored = threads.hash(secret("p\u00e4ss"));
      assertThat(stored).hasValueSatisfying(text -> assertThat(text).startsWith("{ARGON2ID}$"));
      assertThat(threads.check(stored.orElseThrow(), secret("p\u00e4ss"), threads.deadline()))
          .isEqualTo(new Verdict.Matches(false));
      assertThat(threads.check(stored.orElseThrow(), secret("pass"), threads.deadline()))
          .isEqualTo(DIFFERS);
      assertThatIllegalArgumentException().isThrownBy(() -> threads.hash(octets("a\0")));
    }
  }

  @Test
  void moreMemoryThanThereIsIsTooDear() {
    try (HashThreads threads = threads()) {
      String stored =
          "{ARGON2ID}$argon2id$v=19$m=32769,t=1,p=1$c29tZXNhbHQ"
              + "$bQk8UB/VmZZF4Oo79iDXuL5/0ttZwg2f/5U52iv1cDc";
      assertThat(threads.check(stored, secret("test"), threads.deadline()))
          .isEqualTo(new Verdict.Refused(Refusal.TOO_DEAR, "ARGON2ID"));
    }
  }

  @Test
  void aFullQueueIsSaidAtOnce() throws Exception {
    try (HashThreads threads =
            new HashThreads(settings(2, Duration.ofSeconds(30)), argon2id, System::nanoTime);
        ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Verdict>> verdicts = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        verdicts.add(clients.submit(() -> threads.check(SLOW, secret("test"), threads.deadline())));
      }
      List<Verdict> all = all(verdicts);
      assertThat(all).containsOnly(DIFFERS, BUSY);
      assertThat(all.stream().filter(DIFFERS::equals)).hasSizeBetween(3, 20);
      assertThat(threads.waiting()).isZero();
      // What takes no time needs no place in the queue.
      assertThat(threads.check("{PLAIN}test", secret("test"), threads.deadline()))
          .isEqualTo(OUTDATED);
    }
  }

  @Test
  void nobodyWaitsLongerThanPatienceLasts() throws Exception {
    try (HashThreads threads =
            new HashThreads(settings(100, Duration.ofMillis(300)), argon2id, System::nanoTime);
        ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Verdict>> verdicts = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        verdicts.add(clients.submit(() -> threads.checkNobody(secret("test"), threads.deadline())));
        verdicts.add(clients.submit(() -> threads.check(SLOW, secret("test"), threads.deadline())));
      }
      assertThat(all(verdicts)).isSubsetOf(DIFFERS, BUSY).contains(BUSY);
    }
  }

  @Test
  void allComparisonsOfALoginHaveOneEnd() {
    try (HashThreads threads = threads()) {
      long over = System.nanoTime() - 1;
      assertThat(threads.check(SLOW, secret("test"), over)).isEqualTo(BUSY);
      assertThat(threads.checkNobody(secret("test"), over)).isEqualTo(BUSY);
      assertThat(threads.check("{PLAIN}test", secret("test"), over)).isEqualTo(OUTDATED);
    }
  }

  @Test
  void knowsWhatTakesNoTime() {
    try (HashThreads threads = threads()) {
      assertThat(threads.isCheap("{PLAIN}test")).isTrue();
      assertThat(threads.isCheap(SLOW)).isFalse();
      assertThat(threads.isCheap("{MD5}refused")).isTrue();
    }
  }

  @Test
  void memoryIsSharedByThoseAtWork() throws Exception {
    HashSettings settings = new HashSettings(4, 100, 20 * MIB, Duration.ofSeconds(50), false);
    try (HashThreads threads = new HashThreads(settings, argon2id, System::nanoTime);
        ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
      AtomicInteger atWork = new AtomicInteger();
      AtomicInteger most = new AtomicInteger();
      List<Future<?>> done = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        done.add(
            clients.submit(() ->
                threads.run(
                    8 * MIB, secret("x"), threads.deadline(), each -> work(atWork, most, each))));
      }
      for (Future<?> each : done) {
        assertThat(each.get()).isEqualTo(Optional.of(1));
      }
      assertThat(most.get()).isEqualTo(2);
      // All of it can be had again.
      assertThat(threads.run(20 * MIB, secret("x"), threads.deadline(), each -> 1)).contains(1);
    }
  }

  /** Takes a while, so that others begin where they may. */
  private static int work(AtomicInteger atWork, AtomicInteger most, Secret password) {
    most.accumulateAndGet(atWork.incrementAndGet(), Math::max);
    Verifier slow = Passwords.verifier(SLOW);
    slow.matches(password);
    atWork.decrementAndGet();
    return 1;
  }

  @Test
  void whatBreaksIsNotTakenForAnAnswer() {
    try (HashThreads threads = threads()) {
      assertThatIllegalStateException()
          .isThrownBy(() ->
              threads.run(
                  1,
                  secret("x"),
                  threads.deadline(),
                  each -> {
                    throw new ArithmeticException("broken");
                  }))
          .withCauseInstanceOf(ArithmeticException.class);
      assertThat(threads.run(32 * MIB, secret("x"), threads.deadline(), each -> 1)).contains(1);
    }
  }

  @Test
  void copiesOfPasswordsAreOverwritten() {
    try (HashThreads threads = threads();
        Secret password = secret("test")) {
      Optional<Secret> copy = threads.run(1, password, threads.deadline(), each -> each);
      assertThat(copy).isPresent();
      assertThatIllegalStateException()
          .isThrownBy(() -> copy.orElseThrow().read(octets -> octets.length));
      assertThat(password).isEqualTo(secret("test"));
    }
  }

  @Test
  void thoseThatWaitAreServedBeforeItCloses() throws Exception {
    HashThreads threads =
        new HashThreads(settings(10, Duration.ofSeconds(30)), argon2id, System::nanoTime);
    try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Verdict>> verdicts = new ArrayList<>();
      for (int i = 0; i < 5; i++) {
        verdicts.add(clients.submit(() -> threads.check(SLOW, secret("test"), threads.deadline())));
      }
      while (threads.waiting() < 4) {
        Thread.onSpinWait();
      }
      threads.close();
      assertThat(all(verdicts)).containsOnly(DIFFERS);
    }
    assertThat(threads.check(SLOW, secret("test"), threads.deadline())).isEqualTo(BUSY);
    assertThat(threads.checkNobody(secret("test"), threads.deadline())).isEqualTo(BUSY);
    assertThat(threads.hash(secret("test"))).isEmpty();
  }

  @Test
  void anInterruptedClientLearnsNothing() {
    try (HashThreads threads = threads()) {
      Thread.currentThread().interrupt();
      assertThat(threads.check(SLOW, secret("test"), threads.deadline())).isEqualTo(BUSY);
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  @Test
  void settingsSuitTheMachine() {
    HashSettings small = HashSettings.suiting(1, 128 * MIB);
    assertThat(small.threads()).isEqualTo(1);
    assertThat(small.memoryBytes()).isEqualTo(64 * MIB);
    HashSettings large = HashSettings.suiting(9, 8192 * MIB);
    assertThat(large.threads()).isEqualTo(4);
    assertThat(large.memoryBytes()).isEqualTo(256 * MIB);
    assertThat(large.weakSchemes()).isFalse();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new HashSettings(1, 1, 18 * MIB, Duration.ofSeconds(1), false));
  }

  private static List<Verdict> all(List<Future<Verdict>> futures)
      throws ExecutionException, InterruptedException {
    List<Verdict> verdicts = new ArrayList<>();
    for (Future<Verdict> future : futures) {
      verdicts.add(future.get());
    }
    return verdicts;
  }
}
