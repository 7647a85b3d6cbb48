package dovetail.store.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dovetail.counter.CounterBatch;
import dovetail.counter.CounterCell;
import dovetail.counter.CounterDelta;
import dovetail.counter.CounterName;
import dovetail.counter.CounterRow;
import dovetail.counter.CounterSettings;
import dovetail.counter.Counters;
import dovetail.counter.Demand;
import dovetail.counter.Origin;
import dovetail.counter.Outcome;
import dovetail.counter.UnreadException;
import dovetail.counter.WindowKind;
import dovetail.counter.quota.Quota;
import dovetail.directory.edit.UnavailableException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Counters of a database that are looked at, and tried on. */
abstract class TriedCounterCases extends OnEachDatabase {
  private static final CounterName ANN = new CounterName("out", "ann@example.com");
  private static final CounterName BOB = new CounterName("out", "bob@example.com");
  private static final CounterName OTHER = new CounterName("other", "ann@example.com");
  private static final Quota QUOTA = Quota.parse("5/1h").orElseThrow();

  private long batches;

  private void stored(CounterName name, Duration length, long slot, long value)
      throws UnavailableException {
    CounterDelta delta =
        new CounterDelta(
            new CounterCell(name, WindowKind.CALENDAR, length, slot),
            Origin.OWN,
            value,
            0,
            1_000,
            NOW.plus(length));
    store.counters().exchange(new CounterBatch("w", ++batches, List.of(delta), List.of()));
  }

  private static Demand demand(CounterName name, long amount) {
    return new Demand(name, QUOTA, WindowKind.SLIDING, Origin.OWN, amount);
  }

  private static long used(Counters counters, CounterName name) {
    return counters.use(name, QUOTA, WindowKind.SLIDING).getFirst().used();
  }

  private Counters counted(CounterName... names) {
    Counters counters =
        Counters.shared(
            CounterSettings.of(ZoneOffset.UTC, 10),
            () -> NOW,
            store.counters(),
            new SecureRandom(),
            _ -> {});
    assertThat(counters.exchange()).isTrue();
    for (CounterName name : names) {
      assertThat(counters.charge(List.of(demand(name, 3)))).isInstanceOf(Outcome.Granted.class);
    }
    assertThat(counters.exchange()).isTrue();
    return counters;
  }

  private Counters tried(TroubledCounterStore troubled) {
    return Counters.tried(CounterSettings.of(ZoneOffset.UTC, 10), () -> NOW, troubled);
  }

  private Map<CounterName, List<CounterRow>> all() throws UnavailableException {
    Map<CounterName, List<CounterRow>> rows = new TreeMap<>();
    store
        .counters()
        .changed(
            0,
            NOW,
            row -> rows.computeIfAbsent(row.cell().name(), _ -> new ArrayList<>()).add(row));
    return rows;
  }

  @Test
  void rowsAreThoseOfTheCountersThatAreNamed() throws UnavailableException {
    stored(ANN, Duration.ofHours(1), 1, 3);
    stored(ANN, Duration.ofDays(1), 1, 4);
    stored(BOB, Duration.ofHours(1), 1, 5);
    stored(OTHER, Duration.ofHours(1), 1, 6);
    assertThat(store.counters().rows(List.of(ANN), NOW))
        .extracting(CounterRow::value)
        .containsExactlyInAnyOrder(3L, 4L);
    assertThat(store.counters().rows(List.of(BOB, OTHER), NOW))
        .extracting(CounterRow::value)
        .containsExactlyInAnyOrder(5L, 6L);
    assertThat(store.counters().rows(List.of(new CounterName("out", "ann@")), NOW)).isEmpty();
    assertThat(store.counters().rows(List.of(), NOW)).isEmpty();
    // What is over is none.
    assertThat(store.counters().rows(List.of(ANN), NOW.plus(Duration.ofHours(2))))
        .extracting(CounterRow::value)
        .containsExactly(4L);
  }

  @Test
  void aTrialReadsWhatItIsAskedAboutOnceAndWritesNothing() throws Exception {
    try (Counters _ = counted(ANN, BOB)) {
      Map<CounterName, List<CounterRow>> before = all();
      TroubledCounterStore troubled = new TroubledCounterStore(store.counters());
      try (Counters trial = tried(troubled)) {
        assertThat(troubled.calls()).isZero();
        assertThat(used(trial, ANN)).isEqualTo(3);
        assertThat(used(trial, ANN)).isEqualTo(3);
        assertThat(troubled.asked()).containsExactly(ANN);
        List<Demand> both = List.of(demand(ANN, 2), demand(BOB, 2), demand(OTHER, 5));
        assertThat(trial.check(both)).isInstanceOf(Outcome.Granted.class);
        assertThat(troubled.asked()).containsExactly(ANN, BOB, OTHER);
        assertThat(trial.charge(both)).isInstanceOf(Outcome.Granted.class);
        assertThat(trial.charge(List.of(demand(BOB, 1)))).isInstanceOf(Outcome.Exceeded.class);
        assertThat(used(trial, BOB)).isEqualTo(5);
        assertThat(troubled.calls()).isEqualTo(2);
      }
      assertThat(all()).isEqualTo(before);
    }
  }

  @Test
  void aTrialChargesWhatItHasNotLookedAtBefore() throws Exception {
    try (Counters _ = counted(ANN);
        Counters trial = tried(new TroubledCounterStore(store.counters()))) {
      assertThat(trial.charge(List.of(demand(ANN, 3)))).isInstanceOf(Outcome.Exceeded.class);
    }
  }

  @Test
  void aTrialSaysThatTheDatabaseIsAwayAndTriesAgain() throws Exception {
    try (Counters _ = counted(ANN)) {
      TroubledCounterStore troubled = new TroubledCounterStore(store.counters());
      troubled.is(TroubledCounterStore.State.AWAY);
      try (Counters trial = tried(troubled)) {
        assertThatExceptionOfType(UnreadException.class)
            .isThrownBy(() -> trial.check(List.of(demand(ANN, 1))))
            .withMessage("away, at call 1");
        troubled.is(TroubledCounterStore.State.WORKS);
        assertThat(used(trial, ANN)).isEqualTo(3);
      }
    }
  }
}
