package dovetail.counter;

import static org.assertj.core.api.Assertions.assertThat;

import dovetail.counter.quota.Quota;
import dovetail.counter.quota.Window;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** What counters grant, with a clock of the test's own. */
final class CountersTest {
  private static final Instant NOON = Instant.parse("2026-03-04T12:00:00Z"); // a Wednesday
  private static final Duration HOUR = Duration.ofHours(1);
  private static final int STRANGERS = 100;

  private final SetClock clock = new SetClock(NOON);
  private final Counters counters =
      new Counters(CounterSettings.of(ZoneId.of("Europe/Vienna"), STRANGERS), clock);

  private static Demand own(String key, String quota, WindowKind kind, long amount) {
    return new Demand(
        new CounterName("out", key), Quota.parse(quota).orElseThrow(), kind, Origin.OWN, amount);
  }

  private static Demand stranger(String key) {
    return new Demand(
        new CounterName("in", key),
        Quota.parse("2/1h").orElseThrow(),
        WindowKind.SLIDING,
        Origin.STRANGER,
        1);
  }

  private boolean charge(Demand... demands) {
    return counters.charge(List.of(demands)) instanceof Outcome.Granted;
  }

  private long used(Demand demand) {
    return counters.use(demand.name(), demand.quota(), demand.kind()).getFirst().used();
  }

  @Test
  void tellsWhatIsUsedAndUntilWhen() {
    Demand one = own("a", "3/1h,5/1d", WindowKind.SLIDING, 2);
    Outcome outcome = counters.charge(List.of(one));
    Window hour = new Window(3, HOUR);
    Window day = new Window(5, Duration.ofDays(1));
    assertThat(outcome)
        .isInstanceOfSatisfying(
            Outcome.Granted.class,
            granted ->
                assertThat(granted.uses())
                    .containsExactly(
                        List.of(
                            new Use(hour, 2, NOON.plus(HOUR).plusSeconds(60)),
                            new Use(day, 2, NOON.plus(Duration.ofDays(1)).plusSeconds(24 * 60)))));
    assertThat(counters.charge(List.of(one)))
        .isEqualTo(new Outcome.Exceeded(0, new Use(hour, 2, NOON.plus(HOUR).plusSeconds(60))));
    clock.set(NOON.plus(HOUR).plusSeconds(59));
    assertThat(charge(one)).isFalse();
    clock.set(NOON.plus(HOUR).plusSeconds(60));
    assertThat(charge(one)).isTrue();
    assertThat(counters.use(one.name(), one.quota(), one.kind()))
        .extracting(Use::used)
        .containsExactly(2L, 4L);
  }

  @Test
  void ofTheWindowsThatAreExceededTheOneThatFreesLast() {
    Demand one = own("a", "3/1d,3/1h", WindowKind.SLIDING, 3);
    assertThat(charge(one)).isTrue();
    assertThat(counters.check(List.of(one)))
        .isInstanceOfSatisfying(
            Outcome.Exceeded.class,
            exceeded -> assertThat(exceeded.use().window().length()).isEqualTo(Duration.ofDays(1)));
  }

  @Test
  void allDemandsAreChargedOrNone() {
    Demand first = own("a", "10/1h", WindowKind.SLIDING, 1);
    Demand second = own("b", "1/1d", WindowKind.CALENDAR, 1);
    Demand third = own("c", "5/1h", WindowKind.SMOOTH, 1);
    assertThat(charge(first, second, third)).isTrue();
    assertThat(counters.charge(List.of(first, second, third)))
        .isInstanceOfSatisfying(
            Outcome.Exceeded.class, exceeded -> assertThat(exceeded.demand()).isEqualTo(1));
    assertThat(List.of(used(first), used(second), used(third))).containsOnly(1L);
    assertThat(counters.size()).isEqualTo(3);
  }

  @Test
  void aCounterThatIsNamedTwiceIsChargedTwice() {
    Demand two = own("a", "3/1h", WindowKind.SLIDING, 2);
    Demand one = own("a", "3/1h", WindowKind.SLIDING, 1);
    assertThat(charge(two, two)).isFalse();
    assertThat(charge(two, one)).isTrue();
    assertThat(used(one)).isEqualTo(3);
  }

  @Test
  void whatIsCheckedIsNotCharged() {
    Demand one = own("a", "1/1h", WindowKind.SMOOTH, 1);
    assertThat(counters.check(List.of(one))).isInstanceOf(Outcome.Granted.class);
    assertThat(used(one)).isZero();
    assertThat(counters.size()).isZero();
  }

  @Test
  void noneIsRefusedForEverAndUnlimitedNever() {
    assertThat(counters.charge(List.of(own("a", "none", WindowKind.SLIDING, 1))))
        .isEqualTo(new Outcome.Exceeded(0, Use.NEVER));
    assertThat(Use.NEVER.reset()).isEqualTo(Instant.MAX);
    assertThat(charge(own("a", "none", WindowKind.SLIDING, 0))).isTrue();
    assertThat(charge(own("a", "unlimited", WindowKind.SLIDING, Long.MAX_VALUE))).isTrue();
    assertThat(counters.size()).isZero();
  }

  @Test
  void whatIsRefundedIsFreeOnce() {
    for (WindowKind kind : WindowKind.values()) {
      Demand one = own(kind.word(), "3/1d", kind, 1);
      assertThat(charge(one)).isTrue();
      Charge charge = ((Outcome.Granted) counters.charge(List.of(one))).charge();
      assertThat(used(one)).isEqualTo(2);
      counters.refund(charge);
      counters.refund(charge);
      assertThat(used(one)).isEqualTo(1);
    }
  }

  @Test
  void ofASmoothWindowIsRefundedWhatIsNotFreeAnyway() {
    Demand all = own("a", "4/1h", WindowKind.SMOOTH, 4);
    Charge first = ((Outcome.Granted) counters.charge(List.of(all))).charge();
    clock.pass(HOUR);
    Charge second = ((Outcome.Granted) counters.charge(List.of(all))).charge();
    counters.refund(first);
    assertThat(used(all)).isEqualTo(4);
    clock.pass(Duration.ofMinutes(15));
    assertThat(used(all)).isEqualTo(3);
    counters.refund(second);
    assertThat(used(all)).isZero();
    assertThat(charge(all)).isTrue();
    assertThat(charge(own("a", "4/1h", WindowKind.SMOOTH, 1))).isFalse();
  }

  @Test
  void aRefundOfWhatWasForgottenTakesNothingFromWhatCameLater() {
    Demand one = own("a", "3/1d", WindowKind.SLIDING, 1);
    Charge charge = ((Outcome.Granted) counters.charge(List.of(one))).charge();
    clock.pass(Duration.ofDays(3));
    for (int i = 0; i < 50_000; i++) { // so many that all shards are swept
      assertThat(charge(own("b" + i, "3/1d", WindowKind.SLIDING, 1))).isTrue();
    }
    assertThat(counters.size()).isEqualTo(50_000);
    assertThat(charge(one)).isTrue();
    counters.refund(charge);
    assertThat(used(one)).isEqualTo(1);
  }

  @Test
  void anotherLimitKeepsTheUseSoFar() {
    for (WindowKind kind : List.of(WindowKind.SLIDING, WindowKind.CALENDAR)) {
      assertThat(charge(own(kind.word(), "10/1d", kind, 8))).isTrue();
      assertThat(charge(own(kind.word(), "5/1d", kind, 1))).isFalse();
      assertThat(charge(own(kind.word(), "5/1d", kind, 0))).isTrue();
      assertThat(used(own(kind.word(), "12/1d", kind, 1))).isEqualTo(8);
      assertThat(charge(own(kind.word(), "12/1d", kind, 4))).isTrue();
      assertThat(charge(own(kind.word(), "12/1d", kind, 1))).isFalse();
    }
    // By its share: what is kept is the time until all is free again.
    assertThat(charge(own("smooth", "10/1d", WindowKind.SMOOTH, 5))).isTrue();
    assertThat(used(own("smooth", "100/1d", WindowKind.SMOOTH, 1))).isEqualTo(50);
  }

  @Test
  void amountsMayBeOctets() {
    long tera = 1_000_000_000_000L;
    for (WindowKind kind : WindowKind.values()) {
      Demand half = own(kind.word(), "100000000000000/1d", kind, 50 * tera);
      assertThat(charge(half, half)).isTrue();
      assertThat(used(half)).isEqualTo(100 * tera);
      assertThat(charge(own(kind.word(), "100000000000000/1d", kind, Long.MAX_VALUE))).isFalse();
    }
  }

  @Test
  void aDayLastsAsLongAsItDoesThere() {
    // Clocks go forward at 02:00 on 2026-03-29, and back at 03:00 on 2026-10-25.
    assertDay("2026-03-28T23:00:00Z", "2026-03-29T22:00:00Z");
    assertDay("2026-10-24T22:00:00Z", "2026-10-25T23:00:00Z");
  }

  private void assertDay(String begin, String end) {
    Demand one = own("a", "1/1d", WindowKind.CALENDAR, 1);
    clock.set(Instant.parse(begin).minusNanos(1));
    assertThat(charge(one)).isTrue();
    clock.set(Instant.parse(begin));
    assertThat(charge(one)).isTrue();
    assertThat(counters.check(List.of(one)))
        .isEqualTo(
            new Outcome.Exceeded(
                0, new Use(new Window(1, Duration.ofDays(1)), 1, Instant.parse(end))));
    clock.set(Instant.parse(end).minusNanos(1));
    assertThat(charge(one)).isFalse();
    clock.set(Instant.parse(end));
    assertThat(charge(one)).isTrue();
  }

  @Test
  void aDayThatHasBegunDoesNotEndWhenClocksGoBackOverMidnight() {
    // At 2010-11-07 00:01 clocks went back to 23:01 of the day before.
    Counters there = new Counters(CounterSettings.of(ZoneId.of("America/St_Johns"), 0), clock);
    Demand one = own("a", "1/1d", WindowKind.CALENDAR, 1);
    clock.set(Instant.parse("2010-11-07T02:30:30Z"));
    assertThat(there.charge(List.of(one))).isInstanceOf(Outcome.Granted.class);
    clock.pass(Duration.ofMinutes(20));
    assertThat(there.charge(List.of(one))).isInstanceOf(Outcome.Exceeded.class);
    clock.pass(Duration.ofHours(24));
    assertThat(there.charge(List.of(one))).isInstanceOf(Outcome.Exceeded.class);
    clock.set(Instant.parse("2010-11-08T03:30:00Z"));
    assertThat(there.charge(List.of(one))).isInstanceOf(Outcome.Granted.class);
  }

  @Test
  void weeksBeginOnMondays() {
    Demand one = own("a", "1/1w", WindowKind.CALENDAR, 1);
    assertThat(charge(one)).isTrue();
    assertThat(counters.charge(List.of(one)))
        .isInstanceOfSatisfying(
            Outcome.Exceeded.class,
            exceeded ->
                assertThat(exceeded.use().reset())
                    .isEqualTo(Instant.parse("2026-03-08T23:00:00Z")));
  }

  @Test
  void aClockThatIsSetRightOverMidnightForgetsNoDay() {
    Demand one = own("a", "1/1d", WindowKind.CALENDAR, 1);
    clock.set(Instant.parse("2026-03-04T22:59:59Z"));
    assertThat(charge(one)).isTrue();
    clock.pass(Duration.ofSeconds(2));
    assertThat(charge(one)).isTrue();
    clock.pass(Duration.ofSeconds(-2));
    assertThat(charge(one)).isFalse();
    clock.pass(Duration.ofSeconds(2));
    assertThat(charge(one)).isFalse();
  }

  @Test
  void whatIsOverIsForgotten() {
    for (int i = 0; i < 10_000; i++) {
      assertThat(charge(own("day" + i, "1/1h", WindowKind.SLIDING, 1))).isTrue();
    }
    assertThat(counters.size()).isEqualTo(10_000);
    clock.pass(HOUR.plusMinutes(2));
    for (int i = 0; i < 25_000; i++) {
      assertThat(charge(own("other" + i, "1/1h", WindowKind.SMOOTH, 1))).isTrue();
    }
    assertThat(counters.size()).isEqualTo(25_000);
    for (int i = 0; i < 25_000; i++) {
      assertThat(charge(own("other" + i, "1/1h", WindowKind.SMOOTH, 1))).isFalse();
    }
  }

  @Test
  void strangersDriveNobodyOut() {
    Demand own = own("alice", "1/1d", WindowKind.SLIDING, 1);
    assertThat(charge(own)).isTrue();
    for (int i = 0; i < 100_000; i++) {
      assertThat(charge(stranger("s" + i))).isTrue();
    }
    assertThat(counters.strangers()).isEqualTo(STRANGERS);
    assertThat(counters.size()).isEqualTo(STRANGERS + 1);
    assertThat(counters.uncounted()).isEqualTo(100_000 - STRANGERS);
    assertThat(charge(own)).isFalse();
    assertThat(charge(stranger("s0"))).isTrue();
    assertThat(charge(stranger("s0"))).isFalse();
    // Whoever is not counted is granted what is less than the limit.
    assertThat(charge(stranger("s99999"), stranger("s99999"), stranger("s99999"))).isFalse();
  }

  @Test
  void strangersWhoAreOverMakeRoom() {
    for (int i = 0; i < STRANGERS; i++) {
      assertThat(charge(stranger("s" + i))).isTrue();
      clock.pass(Duration.ofSeconds(30)); // the oldest is over when the hundredth has long come
    }
    clock.set(NOON.plus(HOUR).plusSeconds(60));
    for (int i = 0; i < 10; i++) {
      assertThat(charge(stranger("t" + i))).isTrue();
      clock.pass(Duration.ofSeconds(30));
    }
    assertThat(counters.uncounted()).isBetween(0L, 1L);
    assertThat(counters.strangers()).isLessThanOrEqualTo(STRANGERS);
  }

  @Test
  void aStrangerWhoTurnsOutToBeOneOfOursHasNoPartInTheCap() {
    assertThat(charge(stranger("s"))).isTrue();
    Demand known = stranger("s");
    assertThat(charge(new Demand(known.name(), known.quota(), known.kind(), Origin.OWN, 1)))
        .isTrue();
    assertThat(counters.strangers()).isZero();
    assertThat(used(known)).isEqualTo(2);
  }

  @Test
  void manyAtOnceGetNoMoreThanThereIs() throws Exception {
    List<Callable<Integer>> workers = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      boolean forward = i % 2 == 0;
      workers.add(() -> {
        int granted = 0;
        for (int j = 0; j < 2_000; j++) {
          Demand first = own(forward ? "a" : "b", "5000/1h", WindowKind.SLIDING, 1);
          Demand second = own(forward ? "b" : "a", "5000/1h", WindowKind.SLIDING, 1);
          granted += charge(first, second) ? 1 : 0;
        }
        return granted;
      });
    }
    int sum = 0;
    try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
      for (Future<Integer> granted : threads.invokeAll(workers)) {
        sum += granted.get();
      }
    }
    assertThat(sum).isEqualTo(5000);
    assertThat(used(own("a", "5000/1h", WindowKind.SLIDING, 1))).isEqualTo(5000);
    assertThat(used(own("b", "5000/1h", WindowKind.SLIDING, 1))).isEqualTo(5000);
  }
}
