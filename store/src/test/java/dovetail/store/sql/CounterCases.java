package dovetail.store.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dovetail.counter.Charge;
import dovetail.counter.CounterBatch;
import dovetail.counter.CounterCell;
import dovetail.counter.CounterDelta;
import dovetail.counter.CounterName;
import dovetail.counter.CounterRow;
import dovetail.counter.CounterSettings;
import dovetail.counter.CounterStore;
import dovetail.counter.Counters;
import dovetail.counter.Demand;
import dovetail.counter.Origin;
import dovetail.counter.Outcome;
import dovetail.counter.WindowKind;
import dovetail.counter.quota.Quota;
import dovetail.directory.edit.AuditEntry;
import dovetail.directory.edit.UnavailableException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Counters that several processes share, and that outlive them. */
abstract class CounterCases extends OnEachDatabase {
  private static final Duration NEVER = Duration.ofHours(1);
  private static final int BATCH = 10;
  private static final CounterName NAME = new CounterName("out", "al\u00efce@example.com");

  private final List<Counters> open = new ArrayList<>();
  private final List<String> troubles = new CopyOnWriteArrayList<>();
  private Instant now = NOW;

  /** A process, with a store that can be made to fail. */
  private record Node(Counters counters, TroubledCounterStore store) {}

  private Node node(Duration pause) {
    TroubledCounterStore troubled = new TroubledCounterStore(store.counters());
    Counters counters = node(pause, troubled);
    assertThat(counters.exchange()).isTrue();
    return new Node(counters, troubled);
  }

  private Counters node(Duration pause, CounterStore shared) {
    InstantSource clock = () -> now;
    Counters counters =
        Counters.shared(
            new CounterSettings(ZoneOffset.UTC, 1000, pause, BATCH),
            clock,
            shared,
            new SecureRandom(),
            troubles::add);
    open.add(counters);
    return counters;
  }

  @AfterEach
  void closeAll() {
    open.forEach(Counters::close);
  }

  private static Demand demand(WindowKind kind, long most, long amount) {
    return new Demand(NAME, Quota.parse(most + "/1w").orElseThrow(), kind, Origin.OWN, amount);
  }

  private static boolean charge(Counters counters, Demand demand) {
    return counters.charge(List.of(demand)) instanceof Outcome.Granted;
  }

  private static long used(Counters counters, Demand demand) {
    return counters.use(demand.name(), demand.quota(), demand.kind()).getFirst().used();
  }

  /** What a process knows that begins now. */
  private long stored(Demand demand) {
    return used(node(NEVER).counters(), demand);
  }

  @Test
  void whatWasCountedOutlivesTheProcess() {
    Counters first = node(NEVER).counters();
    for (WindowKind kind : WindowKind.values()) {
      assertThat(charge(first, demand(kind, 7, 3))).isTrue();
    }
    Demand stranger =
        new Demand(
            new CounterName("in", "x".repeat(999)),
            Quota.parse("9/1h,9/1d").orElseThrow(),
            WindowKind.SLIDING,
            Origin.STRANGER,
            2);
    assertThat(charge(first, stranger)).isTrue();
    first.close();
    Counters next = node(NEVER).counters();
    for (WindowKind kind : WindowKind.values()) {
      assertThat(used(next, demand(kind, 7, 1))).isEqualTo(3);
    }
    assertThat(used(next, stranger)).isEqualTo(2);
    assertThat(next.size()).isEqualTo(2);
    assertThat(next.strangers()).isEqualTo(1);
  }

  @Test
  void aKilledProcessLosesNoMoreThanAPause() throws InterruptedException {
    Demand one = demand(WindowKind.SLIDING, 100, 1);
    assertThat(charge(node(Duration.ofMillis(20)).counters(), one)).isTrue();
    Counters other = node(Duration.ofMillis(20)).counters();
    for (int i = 0; i < 500 && used(other, one) == 0; i++) {
      Thread.sleep(20);
    }
    assertThat(used(other, one)).isEqualTo(1);
  }

  @Test
  void threeWhoChargeTheSameGetLittleMoreThanThereIs() throws Exception {
    int most = 300;
    for (WindowKind kind : WindowKind.values()) {
      Demand one = demand(kind, most, 1);
      List<Counters> nodes = new ArrayList<>();
      List<Callable<Integer>> workers = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        Counters counters = node(Duration.ofMillis(20)).counters();
        nodes.add(counters);
        workers.add(() -> chargeAll(counters, one));
        workers.add(() -> chargeAll(counters, one));
      }
      int granted = 0;
      try (ExecutorService threads = Executors.newFixedThreadPool(workers.size())) {
        for (Future<Integer> each : threads.invokeAll(workers)) {
          granted += each.get();
        }
      }
      assertThat(granted).isBetween(most, most + nodes.size() * BATCH);
      for (Counters each : nodes) {
        assertThat(each.exchange()).isTrue();
      }
      for (Counters each : nodes) {
        assertThat(each.exchange()).isTrue();
        assertThat(charge(each, one)).isFalse();
      }
      // A smooth window knows of no more than can be used.
      long known = kind == WindowKind.SMOOTH ? most : granted;
      assertThat(stored(one)).isEqualTo(known);
      nodes.forEach(Counters::close);
    }
  }

  private static int chargeAll(Counters counters, Demand demand) {
    int granted = 0;
    for (int i = 0; i < 300; i++) {
      granted += charge(counters, demand) ? 1 : 0;
    }
    return granted;
  }

  @Test
  void aCounterHoldsNoMoreThanABatch() {
    Demand one = demand(WindowKind.SLIDING, 100, 1);
    Counters counters = node(NEVER).counters();
    for (int i = 0; i < 2 * BATCH + 5; i++) {
      assertThat(charge(counters, one)).isTrue();
    }
    assertThat(stored(one)).isEqualTo(2 * BATCH);
  }

  @Test
  void whoeverWouldGoBeyondABatchLearnsWhatOthersHave() {
    Counters first = node(NEVER).counters();
    Counters second = node(NEVER).counters();
    assertThat(charge(first, demand(WindowKind.SLIDING, 100, 90))).isTrue();
    assertThat(first.exchange()).isTrue();
    assertThat(used(second, demand(WindowKind.SLIDING, 100, 1))).isZero();
    assertThat(charge(second, demand(WindowKind.SLIDING, 100, 11))).isFalse();
    assertThat(used(second, demand(WindowKind.SLIDING, 100, 1))).isEqualTo(90);
    assertThat(charge(second, demand(WindowKind.SLIDING, 100, 10))).isTrue();
  }

  @Test
  void whoeverIsInterruptedOrComesAfterTheEndGoesByWhatIsKnown() {
    Demand one = demand(WindowKind.SLIDING, 100, 1);
    Counters counters = node(NEVER).counters();
    Thread.currentThread().interrupt();
    for (int i = 0; i <= BATCH; i++) {
      assertThat(charge(counters, one)).isTrue();
    }
    assertThat(Thread.interrupted()).isTrue();
    counters.close();
    assertThat(counters.isUp()).isFalse();
    for (int i = 0; i <= BATCH; i++) {
      assertThat(charge(counters, one)).isTrue();
    }
    assertThat(stored(one)).isEqualTo(BATCH + 1);
  }

  @Test
  void aProcessThatDiesTakesWithItWhatItHasNotTold() {
    Demand one = demand(WindowKind.CALENDAR, 100, 1);
    Node dead = node(NEVER);
    assertThat(charge(dead.counters(), one)).isTrue();
    assertThat(dead.counters().exchange()).isTrue();
    assertThat(charge(dead.counters(), one)).isTrue();
    dead.store().is(TroubledCounterStore.State.AWAY);
    dead.counters().close();
    assertThat(stored(one)).isEqualTo(1);
  }

  @Test
  void goesOnWhileTheDatabaseIsAwayAndTellsLater() {
    Demand one = demand(WindowKind.SMOOTH, 40, 1);
    Node node = node(NEVER);
    node.store().is(TroubledCounterStore.State.AWAY);
    int calls = node.store().calls();
    for (int i = 0; i < 40; i++) {
      assertThat(charge(node.counters(), one)).isTrue();
    }
    assertThat(charge(node.counters(), one)).isFalse();
    // Only the first that went beyond a batch has asked.
    assertThat(node.store().calls()).isEqualTo(calls + 1);
    assertThat(node.counters().isUp()).isFalse();
    assertThat(node.counters().exchange()).isFalse();
    assertThat(stored(one)).isZero();
    node.store().is(TroubledCounterStore.State.WORKS);
    assertThat(node.counters().exchange()).isTrue();
    assertThat(node.counters().isUp()).isTrue();
    assertThat(stored(one)).isEqualTo(40);
    assertThat(troubles).hasSize(2).endsWith("").first().asString().contains("away: away, at");
  }

  @Test
  void beginsWithoutADatabaseAndReadsItLater() {
    Demand one = demand(WindowKind.SLIDING, 10, 4);
    assertThat(charge(node(NEVER).counters(), one)).isTrue();
    open.forEach(Counters::close);
    TroubledCounterStore troubled = new TroubledCounterStore(store.counters());
    troubled.is(TroubledCounterStore.State.AWAY);
    Counters counters = node(NEVER, troubled);
    assertThat(counters.exchange()).isFalse();
    assertThat(charge(counters, one)).isTrue();
    troubled.is(TroubledCounterStore.State.WORKS);
    assertThat(counters.exchange()).isTrue();
    assertThat(used(counters, one)).isEqualTo(8);
  }

  @Test
  void whatMayHaveArrivedIsNotAddedTwice() {
    for (WindowKind kind : WindowKind.values()) {
      Demand one = demand(kind, 100, 1);
      Node node = node(NEVER);
      assertThat(charge(node.counters(), one)).isTrue();
      node.store().is(TroubledCounterStore.State.DEAF);
      assertThat(node.counters().exchange()).isFalse();
      assertThat(charge(node.counters(), one)).isTrue();
      assertThat(node.counters().exchange()).isFalse();
      node.store().is(TroubledCounterStore.State.WORKS);
      assertThat(node.counters().exchange()).isTrue();
      assertThat(used(node.counters(), one)).isEqualTo(2);
      assertThat(stored(one)).isEqualTo(2);
    }
  }

  @Test
  void whatIsRefundedIsToldToo() {
    for (WindowKind kind : WindowKind.values()) {
      Demand one = demand(kind, 100, 3);
      Counters counters = node(NEVER).counters();
      Charge charge = ((Outcome.Granted) counters.charge(List.of(one))).charge();
      assertThat(counters.exchange()).isTrue();
      counters.refund(charge);
      assertThat(counters.exchange()).isTrue();
      assertThat(used(counters, one)).isZero();
      assertThat(stored(one)).isZero();
    }
  }

  /** Bytes: what they weigh is what makes a process ask, not how many they are. */
  @Test
  void demandsThatWeighLittleAskOnceInABatch() {
    Demand one = demand(WindowKind.SLIDING, 1_000_000, 5_000);
    Demand light = new Demand(one.name(), one.quota(), one.kind(), one.origin(), one.amount(), 1);
    Node node = node(NEVER);
    int calls = node.store().calls();
    for (int i = 0; i < BATCH; i++) {
      assertThat(charge(node.counters(), light)).isTrue();
    }
    assertThat(node.store().calls()).isEqualTo(calls);
    assertThat(charge(node.counters(), light)).isTrue();
    assertThat(node.store().calls()).isEqualTo(calls + 1);
    assertThat(stored(one)).isEqualTo(BATCH * 5_000);
    Node second = node(NEVER);
    assertThat(used(second.counters(), one)).isEqualTo(BATCH * 5_000);
  }

  @Test
  void othersNoticeAReset() throws UnavailableException {
    for (WindowKind kind : WindowKind.values()) {
      Demand one = demand(kind, 5, 5);
      Counters first = node(NEVER).counters();
      assertThat(charge(first, one)).isTrue();
      assertThat(first.exchange()).isTrue();
      Counters second = node(NEVER).counters();
      assertThat(charge(second, one)).isFalse();
      store.counters().reset("alice", List.of(NAME), "root");
      assertThat(second.exchange()).isTrue();
      assertThat(charge(second, one)).isTrue();
    }
  }

  @Test
  void aResetByACommandIsNoticedWhateverTheDatabase() throws UnavailableException {
    for (WindowKind kind : WindowKind.values()) {
      Demand one = demand(kind, 5, 5);
      Counters counters = node(NEVER, store.counters());
      assertThat(counters.exchange()).isTrue();
      assertThat(charge(counters, one)).isTrue();
      assertThat(counters.exchange()).isTrue();
      assertThat(charge(counters, one)).isFalse();
      store.counters().reset("alice", List.of(NAME), "root");
      assertThat(counters.exchange()).isTrue();
      assertThat(charge(counters, one)).isTrue();
      counters.close();
      assertThat(stored(one)).isEqualTo(5);
    }
  }

  @Test
  void theAuditTellsOfAResetOnce() throws Exception {
    store.counters().reset("alice", List.of(NAME, new CounterName("in", "a"), NAME), "root");
    assertThat(store.administration().audit(10))
        .containsExactly(new AuditEntry(NOW, "root", "reset", "limit", "alice", "rule=out,in"));
  }

  @Test
  void whatIsOverIsNotReadAndIsForgotten() throws UnavailableException {
    Counters counters = node(NEVER).counters();
    for (WindowKind kind : WindowKind.values()) {
      assertThat(charge(counters, demand(kind, 5, 5))).isTrue();
    }
    assertThat(counters.exchange()).isTrue();
    assertThat(store.counters().forget(now, 100)).isZero();
    now = NOW.plus(Duration.ofDays(22));
    assertThat(node(NEVER).counters().size()).isZero();
    assertThat(store.counters().forget(now, 2)).isEqualTo(2);
    assertThat(store.counters().forget(now, 2)).isEqualTo(1);
    assertThat(store.counters().forget(now, 2)).isZero();
  }

  @Test
  void aSmoothNumberStaysBetweenItsBounds() throws UnavailableException {
    CounterCell cell = new CounterCell(NAME, WindowKind.SMOOTH, Duration.ofHours(1), 0);
    assertThat(value(1, cell, 5, 100, 900)).isEqualTo(105);
    assertThat(value(2, cell, 5, 100, 900)).isEqualTo(110);
    assertThat(value(3, cell, 5, 200, 900)).isEqualTo(205);
    assertThat(value(4, cell, 9, 0, 210)).isEqualTo(210);
    assertThat(value(5, cell, -7, 0, 900)).isEqualTo(203);
    assertThat(value(5, cell, 1000, 0, 900)).isEqualTo(203); // that batch was added
    long minute = Duration.ofMinutes(1).toNanos();
    assertThat(value(6, cell, 2 * minute, 0, 3 * minute)).isEqualTo(203 + 2 * minute);
    assertThat(value(7, cell, 3, 50, minute)).isEqualTo(53); // that was of a clock that was wrong
  }

  @Test
  void whatWasCountedByAWrongClockRefusesNothingForLong() {
    for (WindowKind kind : WindowKind.values()) {
      Demand one = demand(kind, 5, 5);
      now = NOW.plus(Duration.ofDays(400));
      assertThat(charge(node(NEVER).counters(), one)).isTrue();
      open.forEach(Counters::close);
      now = NOW;
      Counters next = node(NEVER).counters();
      assertThat(charge(next, one)).isTrue();
      assertThat(next.exchange()).isTrue();
      assertThat(charge(next, one)).isFalse();
      next.close();
      now = NOW.plus(Duration.ofDays(8));
      assertThat(charge(node(NEVER).counters(), one)).isTrue();
    }
  }

  private long value(long number, CounterCell cell, long amount, long least, long most)
      throws UnavailableException {
    CounterDelta delta =
        new CounterDelta(cell, Origin.OWN, amount, least, most, NOW.plusSeconds(60));
    List<CounterRow> rows =
        store.counters().exchange(new CounterBatch("w", number, List.of(delta), List.of(NAME)));
    assertThat(rows).hasSize(1);
    return rows.getFirst().value();
  }
}
