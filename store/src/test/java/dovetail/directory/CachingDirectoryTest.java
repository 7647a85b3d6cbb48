package dovetail.directory;

import static org.assertj.core.api.Assertions.assertThat;

import dovetail.mail.Address;
import dovetail.mail.Domain;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** What the cache gives when, with a clock of the test's own. */
final class CachingDirectoryTest {
  private static final Address JOE = Address.parse("joe@example.com").orElseThrow();
  private static final Address NEW = Address.parse("new@example.com").orElseThrow();
  private static final Domain DOMAIN = Domain.parse("example.com").orElseThrow();
  private static final AddressEntry MAILBOX =
      new AddressEntry(Optional.of(new Mailbox(true, true)), Optional.empty());
  private static final CacheLimits LIMITS =
      new CacheLimits(
          Duration.ofSeconds(60),
          Duration.ofSeconds(5),
          Duration.ofHours(1),
          Duration.ofSeconds(1),
          1000);

  private final MapDirectory source = new MapDirectory().put(JOE, MAILBOX);
  private final AtomicLong now = new AtomicLong(17);
  private final AtomicInteger questions = new AtomicInteger();
  private final CachingDirectory cache =
      new CachingDirectory(
          new Watched(source, questions::incrementAndGet, () -> {}),
          LIMITS,
          now::get,
          Runnable::run);

  private void pass(Duration time) {
    now.addAndGet(time.toNanos());
  }

  private void databaseIsAway(boolean away) {
    source.unavailable(away ? Optional.of("gone") : Optional.empty());
  }

  @Test
  void whatWasFoundIsKeptForItsTime() {
    assertThat(cache.address(JOE)).isEqualTo(new Lookup.Found<>(MAILBOX));
    pass(Duration.ofSeconds(59));
    assertThat(cache.address(JOE)).isEqualTo(new Lookup.Found<>(MAILBOX));
    assertThat(questions).hasValue(1);
    pass(Duration.ofSeconds(1));
    cache.address(JOE);
    assertThat(questions).hasValue(2);
    assertThat(cache.counts().hits()).isEqualTo(1);
    assertThat(cache.counts().loads()).isEqualTo(2);
  }

  @Test
  void whatIsAbsentIsKeptForFiveSeconds() {
    assertThat(cache.address(NEW)).isEqualTo(new Lookup.Absent<>());
    source.put(NEW, MAILBOX);
    pass(Duration.ofMillis(4999));
    assertThat(cache.address(NEW)).isEqualTo(new Lookup.Absent<>());
    pass(Duration.ofMillis(1));
    assertThat(cache.address(NEW)).isEqualTo(new Lookup.Found<>(MAILBOX));
  }

  @Test
  void thoseWhoAreNotThereDriveNobodyOut() {
    cache.address(JOE);
    for (int i = 0; i < 5 * LIMITS.entries(); i++) {
      cache.address(Address.parse("nobody" + i + "@example.com").orElseThrow());
    }
    int before = questions.get();
    assertThat(cache.address(JOE)).isEqualTo(new Lookup.Found<>(MAILBOX));
    assertThat(questions).hasValue(before);
    assertThat(cache.size()).isEqualTo(1);
  }

  @Test
  void whatWasFoundIsUsedWhileTheDatabaseIsAwayUpToTheBound() {
    cache.address(JOE);
    databaseIsAway(true);
    pass(Duration.ofMinutes(59));
    assertThat(cache.address(JOE)).isEqualTo(new Lookup.Found<>(MAILBOX));
    assertThat(cache.counts().staleAnswers()).isEqualTo(1);
    pass(Duration.ofMinutes(1));
    assertThat(cache.address(JOE)).isEqualTo(new Lookup.Unavailable<>("gone"));
  }

  @Test
  void whatWasAbsentIsUnknownWhileTheDatabaseIsAway() {
    cache.address(NEW);
    databaseIsAway(true);
    pass(Duration.ofSeconds(4));
    assertThat(cache.address(NEW)).isEqualTo(new Lookup.Absent<>());
    pass(Duration.ofSeconds(1));
    assertThat(cache.address(NEW)).isInstanceOf(Lookup.Unavailable.class);
  }

  /** Also where it was waited for in vain, which is the trouble of all kinds of questions. */
  @Test
  void whoAsksWhenTheDatabaseIsKnownToAnswerIsNotToldThatItIsAway() {
    CachingDirectory slow =
        new CachingDirectory(
            new Watched(source, () -> pass(LIMITS.pause()), () -> {}),
            LIMITS,
            now::get,
            Runnable::run);
    databaseIsAway(true);
    assertThat(slow.address(JOE)).isInstanceOf(Lookup.Unavailable.class);
    databaseIsAway(false);
    assertThat(slow.relayHosts()).isInstanceOf(Lookup.Unavailable.class);
    slow.answered();
    assertThat(slow.relayHosts()).isInstanceOf(Lookup.Found.class);
    assertThat(slow.address(JOE)).isEqualTo(new Lookup.Found<>(MAILBOX));
  }

  @Test
  void aDatabaseThatHasFailedIsLeftAloneForAMoment() {
    databaseIsAway(true);
    assertThat(cache.address(NEW)).isInstanceOf(Lookup.Unavailable.class);
    assertThat(cache.address(JOE)).isInstanceOf(Lookup.Unavailable.class);
    assertThat(questions).hasValue(1);
    databaseIsAway(false);
    pass(Duration.ofSeconds(1));
    assertThat(cache.address(JOE)).isEqualTo(new Lookup.Found<>(MAILBOX));
    assertThat(cache.address(NEW)).isEqualTo(new Lookup.Absent<>());
  }

  @Test
  void whoWaitsInVainSparesThatAllKindsOfQuestions() {
    CachingDirectory slow =
        new CachingDirectory(
            new Watched(source, () -> pass(LIMITS.pause()), () -> {}),
            LIMITS,
            now::get,
            Runnable::run);
    databaseIsAway(true);
    Lookup<?> gone = new Lookup.Unavailable<>("gone");
    assertThat(slow.address(NEW)).isEqualTo(gone);
    assertThat(slow.domain(DOMAIN)).isEqualTo(gone);
    assertThat(slow.grantees(new GrantScope.Anybody())).isEqualTo(gone);
    assertThat(slow.usage(JOE)).isEqualTo(gone);
    assertThat(slow.counts().loads()).isEqualTo(1);
    databaseIsAway(false);
    pass(LIMITS.pause());
    assertThat(slow.domain(DOMAIN)).isNotEqualTo(gone);
    assertThat(slow.address(JOE)).isEqualTo(new Lookup.Found<>(MAILBOX));
  }

  @Test
  void oneAtATimeLooksWhetherTheDatabaseIsBack() {
    databaseIsAway(true);
    cache.address(NEW);
    pass(LIMITS.pause());
    cache.address(NEW);
    cache.address(JOE);
    assertThat(questions).hasValue(2);
    databaseIsAway(false);
    assertThat(cache.address(JOE)).isInstanceOf(Lookup.Unavailable.class);
    pass(LIMITS.pause());
    assertThat(cache.address(JOE)).isEqualTo(new Lookup.Found<>(MAILBOX));
    assertThat(cache.address(NEW)).isEqualTo(new Lookup.Absent<>());
  }

  @Test
  void oneKindThatFailsLeavesTheOthersAlone() {
    source.unavailable(Optional.of("a row cannot be read"));
    assertThat(cache.relayHosts()).isInstanceOf(Lookup.Unavailable.class);
    databaseIsAway(false);
    assertThat(cache.address(JOE)).isEqualTo(new Lookup.Found<>(MAILBOX));
    assertThat(cache.relayHosts()).isInstanceOf(Lookup.Unavailable.class);
  }

  @Test
  void aChangeIsSeenAtOnce() {
    cache.address(NEW);
    cache.domain(DOMAIN);
    source.put(NEW, MAILBOX);
    cache.changed("mailbox new@example.com");
    assertThat(cache.address(NEW)).isEqualTo(new Lookup.Found<>(MAILBOX));
    source.put(new DomainEntry.AliasOf(DOMAIN, true, DOMAIN));
    cache.changed("alias @example.com");
    assertThat(cache.domain(DOMAIN)).isInstanceOf(Lookup.Found.class);
    cache.address(JOE);
    int before = questions.get();
    for (String subject :
        List.of("domain example.com", "all", "", "nonsense x", "mailbox no address", "domain ")) {
      cache.changed(subject);
      cache.address(JOE);
      before++;
      assertThat(questions).as(subject).hasValue(before);
    }
    for (String subject :
        List.of(
            "grant *",
            "relay",
            "entry canonical_maps",
            "domain a.example",
            "account joe@example.com",
            "block network 192.0.2.1")) {
      cache.changed(subject);
      cache.address(JOE);
      assertThat(questions).as(subject).hasValue(before);
    }
  }

  /** Nobody tells when it changes, and it changes with each message. */
  @Test
  void whatAMailboxHoldsIsKeptForTenSecondsAtMost() {
    source.put(JOE, new Usage(1, 1));
    assertThat(cache.usage(JOE)).isEqualTo(new Lookup.Found<>(new Usage(1, 1)));
    assertThat(cache.usage(NEW)).isEqualTo(new Lookup.Absent<>());
    source.put(JOE, new Usage(2, 2)).put(NEW, new Usage(3, 3));
    pass(Duration.ofMillis(4999));
    cache.changed("mailbox joe@example.com");
    cache.changed("all");
    assertThat(cache.usage(NEW)).isEqualTo(new Lookup.Absent<>());
    pass(Duration.ofSeconds(5));
    assertThat(cache.usage(JOE)).isEqualTo(new Lookup.Found<>(new Usage(1, 1)));
    assertThat(cache.usage(NEW)).isEqualTo(new Lookup.Found<>(new Usage(3, 3)));
    pass(Duration.ofMillis(1));
    assertThat(cache.usage(JOE)).isEqualTo(new Lookup.Found<>(new Usage(2, 2)));
    assertThat(questions).hasValue(4);
  }

  /** Of a mailbox that was full a while ago nobody knows whether it still is. */
  @Test
  void whatAMailboxHeldIsNotGivenLaterWhileTheDatabaseIsAway() {
    source.put(JOE, new Usage(1, 1));
    cache.usage(JOE);
    databaseIsAway(true);
    pass(Duration.ofMillis(9999));
    assertThat(cache.usage(JOE)).isEqualTo(new Lookup.Found<>(new Usage(1, 1)));
    pass(Duration.ofMillis(1));
    assertThat(cache.usage(JOE)).isEqualTo(new Lookup.Unavailable<>("gone"));
  }

  @Test
  void shorterLimitsStayAsTheyAre() {
    Duration two = Duration.ofSeconds(2);
    CacheLimits limits = new CacheLimits(two, two, two, two, 1);
    assertThat(limits.within(Duration.ofSeconds(10))).isEqualTo(limits);
  }

  @Test
  void thoseWhoAskForTheSameAtOnceWaitForOneAnswer() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch answer = new CountDownLatch(1);
    Directory slow = slow(asked, answer);
    CachingDirectory joined = new CachingDirectory(slow, LIMITS, now::get, Runnable::run);
    List<Thread> threads = new ArrayList<>();
    List<Lookup<AddressEntry>> answers = Collections.synchronizedList(new ArrayList<>());
    for (int i = 0; i < 20; i++) {
      threads.add(Thread.ofVirtual().start(() -> answers.add(joined.address(JOE))));
    }
    asked.await();
    answer.countDown();
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(answers).hasSize(20).containsOnly(new Lookup.Found<>(MAILBOX));
    assertThat(joined.counts().loads()).isEqualTo(1);
  }

  @Test
  void anAnswerThatWasOvertakenByAChangeIsNotKept() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch answer = new CountDownLatch(1);
    CachingDirectory joined =
        new CachingDirectory(slow(asked, answer), LIMITS, now::get, Runnable::run);
    Thread early = Thread.ofVirtual().start(() -> joined.address(JOE));
    asked.await();
    joined.changed("mailbox joe@example.com");
    answer.countDown();
    early.join();
    joined.address(JOE);
    assertThat(joined.counts().loads()).isEqualTo(2);
  }

  /** Tells when it is asked, and waits before it answers. */
  private Directory slow(CountDownLatch asked, CountDownLatch answer) {
    return new Watched(
        source,
        () -> {
          asked.countDown();
          try {
            answer.await();
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
        },
        () -> {});
  }
}
