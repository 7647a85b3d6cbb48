package dovetail.directory;

import static org.assertj.core.api.Assertions.assertThat;

import dovetail.mail.Address;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** What is known of a domain after some questions about its addresses. */
final class ReadAheadTest {
  private static final int QUESTIONS = 8;
  private static final int ENTRIES = 1000;
  private static final AddressEntry MAILBOX =
      new AddressEntry(Optional.of(new Mailbox(true, true)), Optional.empty());
  private static final CacheLimits LIMITS =
      new CacheLimits(
          Duration.ofSeconds(60),
          Duration.ofSeconds(5),
          Duration.ofHours(1),
          Duration.ofSeconds(1),
          ENTRIES);

  private final MapDirectory source = new MapDirectory();
  private final AtomicLong now = new AtomicLong(17);
  private final List<Runnable> tasks = new ArrayList<>();
  private final CachingDirectory cache =
      new CachingDirectory(source, LIMITS, now::get, Runnable::run);

  private static Address address(int number) {
    return Address.parse("u" + number + "@example.com").orElseThrow();
  }

  private void put(int count) {
    for (int i = 0; i < count; i++) {
      source.put(address(i), MAILBOX);
    }
    source.put(Address.parse("u@other.example").orElseThrow(), MAILBOX);
  }

  private void askFor(int from, int to) {
    for (int i = from; i < to; i++) {
      assertThat(cache.address(address(i))).isEqualTo(new Lookup.Found<>(MAILBOX));
    }
  }

  @Test
  void someQuestionsReadTheWholeDomain() {
    put(100);
    askFor(0, QUESTIONS - 1);
    assertThat(cache.counts().readAhead()).isZero();
    askFor(QUESTIONS - 1, 100);
    assertThat(cache.counts().loads()).isEqualTo(QUESTIONS);
    assertThat(cache.size()).isEqualTo(100);
  }

  /** A cache that reads ahead when it is told to, and counts questions about an address. */
  private CachingDirectory waiting(Duration patience, AtomicLong questions) {
    Directory counted = new Watched(source, questions::incrementAndGet, () -> {});
    return new CachingDirectory(counted, LIMITS, now::get, tasks::add, patience);
  }

  private static Lookup<AddressEntry> answer(Future<Lookup<AddressEntry>> asked) throws Exception {
    return asked.get(30, TimeUnit.SECONDS);
  }

  @Test
  void whoAsksWhileItIsReadWaitsForIt() throws Exception {
    put(100);
    AtomicLong questions = new AtomicLong();
    CachingDirectory patient = waiting(Duration.ofSeconds(30), questions);
    for (int i = 0; i < QUESTIONS; i++) {
      assertThat(patient.address(address(i))).isInstanceOf(Lookup.Found.class);
    }
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var known = threads.submit(() -> patient.address(address(50)));
      var absent = threads.submit(() -> patient.address(address(500)));
      tasks.forEach(Runnable::run);
      assertThat(answer(known)).isEqualTo(new Lookup.Found<>(MAILBOX));
      assertThat(answer(absent)).isInstanceOf(Lookup.Absent.class);
    }
    assertThat(questions).hasValue(QUESTIONS + 1); // who is not there was asked for
  }

  @Test
  void whoHasWaitedLongEnoughAsks() {
    put(100);
    AtomicLong questions = new AtomicLong();
    CachingDirectory impatient = waiting(Duration.ofMillis(1), questions);
    for (int i = 0; i < 20; i++) {
      assertThat(impatient.address(address(i))).isInstanceOf(Lookup.Found.class);
    }
    assertThat(questions).hasValue(20);
    assertThat(tasks).hasSize(1);
  }

  @Test
  void whoWasNeverAskedForIsKnownWhileTheDatabaseIsAway() {
    put(100);
    askFor(0, QUESTIONS);
    source.unavailable(Optional.of("gone"));
    now.addAndGet(Duration.ofMinutes(59).toNanos());
    askFor(0, 100);
    assertThat(cache.address(address(100))).isInstanceOf(Lookup.Unavailable.class);
  }

  @Test
  void whatIsReadAheadIsAskedForAgainInTime() {
    put(100);
    askFor(0, QUESTIONS);
    now.addAndGet(Duration.ofSeconds(60).toNanos());
    askFor(50, 50 + QUESTIONS);
    assertThat(cache.counts().loads()).isEqualTo(2 * QUESTIONS);
    askFor(0, 100);
    assertThat(cache.counts().loads()).isEqualTo(2 * QUESTIONS);
  }

  @Test
  void whatIsNotThereIsNotKnownAndDoesNotCount() {
    put(100);
    for (int i = 0; i < 2 * QUESTIONS; i++) {
      assertThat(cache.address(address(1000 + i))).isInstanceOf(Lookup.Absent.class);
    }
    assertThat(cache.counts().readAhead()).isZero();
    askFor(0, QUESTIONS);
    assertThat(cache.address(address(100))).isInstanceOf(Lookup.Absent.class);
    source.put(address(101), MAILBOX);
    askFor(101, 102);
  }

  @Test
  void largeDomainsAreLeftAlone() {
    put(ENTRIES / 4 + 1);
    askFor(0, ENTRIES / 4 + 1);
    assertThat(cache.counts().readAhead()).isZero();
    assertThat(cache.counts().loads()).isEqualTo(ENTRIES / 4 + 1);
  }

  @Test
  void nothingIsDrivenOut() {
    put(100);
    for (int i = 0; i < ENTRIES - 100; i++) {
      Address other = Address.parse("u@d" + i + ".example").orElseThrow();
      source.put(other, MAILBOX);
      cache.address(other);
    }
    askFor(0, QUESTIONS);
    assertThat(cache.counts().readAhead()).isZero();
  }

  @Test
  void largeDomainsAreReadOnce() {
    put(ENTRIES / 4 + 1);
    AtomicInteger readings = new AtomicInteger();
    CachingDirectory counting =
        new CachingDirectory(
            new Watched(source, () -> {}, readings::incrementAndGet),
            LIMITS,
            now::get,
            Runnable::run);
    for (int round = 0; round < 3; round++) {
      for (int i = 0; i < 2 * QUESTIONS; i++) {
        counting.address(address(i));
      }
      now.addAndGet(Duration.ofSeconds(60).toNanos());
    }
    assertThat(readings).hasValue(1);
  }

  @Test
  void whatChangesMeanwhileIsNotKept() {
    put(100);
    AtomicReference<Runnable> change = new AtomicReference<>(() -> {});
    CachingDirectory changing =
        new CachingDirectory(
            new Watched(source, () -> {}, () -> change.get().run()),
            LIMITS,
            now::get,
            Runnable::run);
    change.set(() -> changing.changed("mailbox u99@example.com"));
    for (int i = 0; i < 100; i++) {
      changing.address(address(i));
    }
    assertThat(changing.counts().readAhead()).isZero();
    assertThat(changing.counts().loads()).isEqualTo(100);
  }

  @Test
  void aDatabaseThatFailsThenIsNoReasonToDoubtTheAnswer() {
    put(100);
    CachingDirectory failing =
        new CachingDirectory(
            source,
            LIMITS,
            now::get,
            task -> {
              source.unavailable(Optional.of("gone"));
              task.run();
              source.unavailable(Optional.empty());
            });
    for (int i = 0; i < 100; i++) {
      assertThat(failing.address(address(i))).isEqualTo(new Lookup.Found<>(MAILBOX));
    }
    assertThat(failing.counts().failures()).isZero();
  }
}
