package dovetail.counter;

import static org.assertj.core.api.Assertions.assertThat;

import dovetail.counter.quota.Quota;
import dovetail.counter.quota.Window;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.BeforeTry;

/** What windows grant, held against a list of all grants. */
class WindowProperties {
  private static final CounterName NAME = new CounterName("out", "alice@example.com");
  private static final ZoneId ZONE = ZoneId.of("America/St_Johns");
  private static final Instant START = Instant.parse("2026-10-30T22:14:05.123456789Z");

  private SetClock clock = new SetClock(START);
  private Counters counters = new Counters(CounterSettings.of(ZONE, 10), clock);
  private List<Grant> grants = new ArrayList<>();

  private record Grant(Instant at, long amount) {}

  /** So much is asked for after so many nanoseconds. */
  record Step(long pause, long amount) {}

  @BeforeTry
  void begin() {
    clock = new SetClock(START);
    counters = new Counters(CounterSettings.of(ZONE, 10), clock);
    grants = new ArrayList<>();
  }

  private Outcome ask(Window window, WindowKind kind, long amount) {
    Quota quota = new Quota.Limited(List.of(window));
    Demand demand = new Demand(NAME, quota, kind, Origin.OWN, amount);
    Outcome seen = counters.check(List.of(demand));
    Outcome outcome = counters.charge(List.of(demand));
    assertThat(outcome.getClass()).isEqualTo(seen.getClass());
    if (outcome instanceof Outcome.Granted) {
      grants.add(new Grant(clock.instant(), amount));
    }
    return outcome;
  }

  /** What was granted after a moment. */
  private long since(Instant moment) {
    return grants.stream()
        .filter(grant -> grant.at().isAfter(moment))
        .mapToLong(Grant::amount)
        .sum();
  }

  /** At the moment that it names, and not just before. */
  private void assertFits(Window window, WindowKind kind, Step step, Outcome.Exceeded exceeded) {
    Instant now = clock.instant();
    Instant reset = exceeded.use().reset();
    Quota quota = new Quota.Limited(List.of(window));
    List<Demand> again = List.of(new Demand(NAME, quota, kind, Origin.OWN, step.amount()));
    if (step.amount() > window.most()) {
      assertThat(reset).isEqualTo(Instant.MAX);
      return;
    }
    clock.set(reset.minusNanos(1));
    assertThat(counters.check(again)).isInstanceOf(Outcome.Exceeded.class);
    clock.set(reset);
    assertThat(counters.check(again)).isInstanceOf(Outcome.Granted.class);
    clock.set(now);
  }

  private static Window window(long most, long seconds) {
    return new Window(most, Duration.ofSeconds(seconds));
  }

  @Property(seed = "20261129", tries = 500)
  void neverMoreThanMostInAnySpanOfASlidingWindow(
      @ForAll @LongRange(min = 1, max = 40) long most,
      @ForAll @LongRange(min = 1, max = 100) long seconds,
      @ForAll("steps") List<Step> steps) {
    Window window = window(most, seconds);
    Duration longest = window.length().plus(window.length().dividedBy(60));
    for (Step step : steps) {
      clock.pass(Duration.ofNanos(step.pause() * seconds));
      switch (ask(window, WindowKind.SLIDING, step.amount())) {
        case Outcome.Granted(Charge _, List<List<Use>> uses) -> {
          long least = since(clock.instant().minus(window.length()));
          assertThat(least).isLessThanOrEqualTo(most);
          assertThat(uses.getFirst().getFirst().used())
              .isBetween(least, since(clock.instant().minus(longest)));
        }
        case Outcome.Exceeded exceeded ->
            // Refused only for what was used in a sixtieth more.
            assertThat(since(clock.instant().minus(longest)) + step.amount()).isGreaterThan(most);
      }
    }
  }

  @Property(seed = "20261130", tries = 500)
  void whenARefusedDemandWouldBeGranted(
      @ForAll WindowKind kind,
      @ForAll @LongRange(min = 1, max = 40) long most,
      @ForAll @IntRange(min = 1, max = 10) int days,
      @ForAll("steps") List<Step> steps) {
    Window window = new Window(most, Duration.ofDays(days));
    for (Step step : steps) {
      clock.pass(Duration.ofNanos(step.pause() * 86_400 * days));
      if (ask(window, kind, step.amount()) instanceof Outcome.Exceeded exceeded) {
        assertFits(window, kind, step, exceeded);
      }
    }
  }

  @Property(seed = "20261201", tries = 500)
  void aSmoothWindowGrantsMostAtOnceAndThenItsRate(
      @ForAll @LongRange(min = 1, max = 40) long most,
      @ForAll @LongRange(min = 1, max = 100) long seconds,
      @ForAll("steps") List<Step> steps) {
    Window window = window(most, seconds);
    double level = 0; // of a bucket that leaks
    Instant last = clock.instant();
    for (Step step : steps) {
      clock.pass(Duration.ofNanos(step.pause() * seconds));
      Instant now = clock.instant();
      double leaked = (double) Duration.between(last, now).toNanos() / 1e9 * most / seconds;
      level = Math.max(0, level - leaked);
      last = now;
      boolean granted = ask(window, WindowKind.SMOOTH, step.amount()) instanceof Outcome.Granted;
      if (Math.abs(level + step.amount() - most) > 1e-5) {
        assertThat(granted).isEqualTo(level + step.amount() <= most);
      }
      if (granted) {
        level += step.amount();
        for (Grant first : grants) {
          Duration span = Duration.between(first.at(), now);
          double bound = most + (double) span.toNanos() / 1e9 * most / seconds;
          assertThat((double) since(first.at().minusNanos(1))).isLessThan(bound + 1e-5);
        }
        assertThat(since(now.minus(window.length()).minusNanos(1))).isLessThanOrEqualTo(2 * most);
      }
    }
  }

  @Property(seed = "20261202", tries = 300)
  void aSmoothWindowGrantsAllOfItInSingleUnits(
      @ForAll @LongRange(min = 1, max = 500) long most,
      @ForAll @LongRange(min = 1, max = 1_000_000) long seconds) {
    Window window = window(most, seconds);
    for (int i = 0; i < most; i++) {
      assertThat(ask(window, WindowKind.SMOOTH, 1)).isInstanceOf(Outcome.Granted.class);
    }
    assertThat(ask(window, WindowKind.SMOOTH, 1)).isInstanceOf(Outcome.Exceeded.class);
  }

  @Property(seed = "20261203", tries = 300)
  void aCalendarWindowGrantsMostInEachOfItsSpansOfDays(
      @ForAll @LongRange(min = 1, max = 40) long most,
      @ForAll @IntRange(min = 1, max = 10) int days,
      @ForAll("steps") List<Step> steps) {
    Window window = new Window(most, Duration.ofDays(days));
    for (Step step : steps) {
      clock.pass(Duration.ofNanos(step.pause() * 86_400 * days));
      long used =
          grants.stream()
              .filter(grant -> span(grant.at(), days) == span(clock.instant(), days))
              .mapToLong(Grant::amount)
              .sum();
      assertThat(ask(window, WindowKind.CALENDAR, step.amount()) instanceof Outcome.Granted)
          .isEqualTo(step.amount() == 0 || used + step.amount() <= most);
    }
  }

  private static long span(Instant at, int days) {
    LocalDate monday = LocalDate.of(1970, 1, 5);
    return Math.floorDiv(monday.until(LocalDate.ofInstant(at, ZONE), ChronoUnit.DAYS), days);
  }

  /** However the clock jumps: what fits is granted after a window and a few seconds. */
  @Property(seed = "20261204", tries = 1_000)
  void noJumpOfTheClockRefusesForLong(
      @ForAll WindowKind kind,
      @ForAll @LongRange(min = 1, max = 5) long most,
      @ForAll @IntRange(min = 1, max = 3) int days,
      @ForAll @Size(max = 12) List<@LongRange(min = -500_000_000L, max = 500_000_000L) Long> jumps,
      @ForAll @Size(max = 12) List<@LongRange(min = -400_000L, max = 400_000L) Long> steps) {
    Window window = new Window(most, Duration.ofDays(days));
    for (int i = 0; i < Math.max(jumps.size(), steps.size()); i++) {
      if (i < jumps.size()) {
        clock.pass(Duration.ofSeconds(jumps.get(i)));
        ask(window, kind, most);
      }
      if (i < steps.size()) {
        clock.pass(Duration.ofSeconds(steps.get(i)));
        ask(window, kind, most);
      }
    }
    ask(window, kind, 1);
    Duration bound = window.length().plus(window.length().dividedBy(30)).plusSeconds(6);
    Instant now = clock.instant();
    for (Use use : counters.use(NAME, new Quota.Limited(List.of(window)), kind)) {
      assertThat(use.reset()).isBetween(now, now.plus(bound).plus(Duration.ofHours(2)));
    }
    clock.pass(bound.plus(Duration.ofHours(2)));
    assertThat(ask(window, kind, most)).isInstanceOf(Outcome.Granted.class);
  }

  /** Pauses are in parts of the window: some none, many short, some longer than it. */
  @Provide
  Arbitrary<List<Step>> steps() {
    Arbitrary<Long> pauses =
        Arbitraries.frequencyOf(
            Tuple.of(2, Arbitraries.just(0L)),
            Tuple.of(6, Arbitraries.longs().between(0, 50_000_000)),
            Tuple.of(3, Arbitraries.longs().between(0, 1_100_000_000)),
            Tuple.of(1, Arbitraries.longs().between(0, 3_000_000_000L)));
    Arbitrary<Long> amounts =
        Arbitraries.frequencyOf(
            Tuple.of(4, Arbitraries.just(1L)),
            Tuple.of(3, Arbitraries.longs().between(0, 12)),
            Tuple.of(1, Arbitraries.longs().between(0, 60)));
    return Combinators.combine(pauses, amounts).as(Step::new).list().ofMaxSize(60);
  }
}
