package dovetail.policy.source;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dovetail.counter.Suspension;
import dovetail.policy.rule.Suspensions;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** Hosts that share a database, which is away at times. */
@Timeout(60)
class StoredSuspensionsTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final String ANN = "ann@example.com";
  private static final Logger LOG = (Logger) LoggerFactory.getLogger("policy");

  @TempDir private Path folder;
  private final List<String> alarms = new CopyOnWriteArrayList<>();

  @BeforeEach
  void quiet() {
    LOG.setLevel(Level.OFF);
  }

  @AfterEach
  void loud() {
    LOG.setLevel(null);
  }

  private StoredSuspensions host(String name, ShakyStore store) {
    return new StoredSuspensions(
        Optional.of(store),
        "mx1",
        (one, rule) -> alarms.add(name + " " + one.account() + " " + rule));
  }

  private static Suspension of(String account) {
    return new Suspension(account, NOW, NOW.plusSeconds(3600), "domains", "51 domains");
  }

  private static boolean isStopped(StoredSuspensions host) {
    return host.of(ANN, NOW.plusSeconds(1)).isPresent();
  }

  private static void await(BooleanSupplier condition) throws InterruptedException {
    for (int i = 0; i < 20_000 && !condition.getAsBoolean(); i++) {
      TimeUnit.MILLISECONDS.sleep(1);
    }
    assertThat(condition.getAsBoolean()).isTrue();
  }

  @Test
  void holdsForItsTimeHereAtOnceAndElsewhereByTheDatabase() throws Exception {
    try (ShakyStore store = ShakyStore.in(folder, () -> NOW);
        StoredSuspensions second = host("second", store)) {
      try (StoredSuspensions first = host("first", store)) {
        first.suspend(of(ANN), "b");
        assertThat(first.of(ANN, NOW)).contains(of(ANN));
        assertThat(first.of("bob@example.com", NOW)).isEmpty();
        assertThat(isStopped(second)).isFalse();
      } // what is under way is written
      second.replace(store.all(NOW));
      assertThat(second.of(ANN, NOW)).contains(of(ANN));
      assertThat(second.size()).isEqualTo(1);
      assertThat(second.of(ANN, NOW.plusSeconds(3599))).isPresent();
      assertThat(second.of(ANN, NOW.plusSeconds(3600))).isEmpty();
      assertThat(second.size()).isEqualTo(1);
      assertThat(second.of(ANN, NOW.plusSeconds(3600 + 86_400))).isEmpty();
      assertThat(second.size()).isZero();
    }
    assertThat(alarms).containsExactly("first ann@example.com b");
  }

  @Test
  void twoHostsThatStopOneRaiseOneAlarm() throws Exception {
    try (ShakyStore store = ShakyStore.in(folder, () -> NOW)) {
      for (String name : List.of("first", "second")) {
        try (StoredSuspensions host = host(name, store)) {
          host.suspend(of(ANN), "b");
          host.suspend(of(ANN), "c");
        }
      }
      assertThat(alarms).containsExactly("first ann@example.com b");
      assertThat(store.all(NOW)).hasSize(1);
    }
  }

  @Test
  void whatHasEndedIsRememberedForADayOnAllHosts() throws Exception {
    try (ShakyStore store = ShakyStore.in(folder, () -> NOW);
        StoredSuspensions second = host("second", store)) {
      try (StoredSuspensions first = host("first", store)) {
        first.suspend(of(ANN), "b");
        assertThat(first.ended(ANN, NOW.plusSeconds(3599))).isEmpty();
        assertThat(first.ended(ANN, NOW.plusSeconds(3600))).contains(of(ANN));
      }
      Instant end = NOW.plusSeconds(3600);
      second.replace(store.all(end.minus(Suspensions.REMEMBERED)));
      assertThat(second.ended(ANN, end.plusSeconds(86_399))).contains(of(ANN));
      assertThat(second.ended(ANN, end.plusSeconds(86_400))).isEmpty();
      assertThat(second.ended(ANN, end)).isEmpty(); // it was forgotten
      second.replace(store.all(end.minus(Suspensions.REMEMBERED)));
      store.lift(ANN, "root");
      second.replace(store.all(end.minus(Suspensions.REMEMBERED)));
      assertThat(second.ended(ANN, end)).isEmpty();
    }
  }

  /** The row of the one before is still there when the next one is made. */
  @Test
  void theNextOneIsNotTheOneBefore() throws Exception {
    try (ShakyStore store = ShakyStore.in(folder, () -> NOW);
        StoredSuspensions host = host("first", store)) {
      host.suspend(of(ANN), "b");
      await(() -> alarms.size() == 1);
      Instant end = NOW.plusSeconds(3600);
      List<Suspension> early = store.all(NOW);
      host.replace(early);
      Suspension next = new Suspension(ANN, end, end.plusSeconds(7200), "domains", "x");
      store.away(true);
      host.suspend(next, "b");
      await(() -> alarms.size() == 2);
      host.replace(early);
      assertThat(host.of(ANN, end.plusSeconds(1))).contains(next);
      store.away(false);
      host.replace(early);
      await(() -> rowUntil(store).equals(next.until()));
      host.replace(store.all(NOW));
      assertThat(host.of(ANN, end.plusSeconds(1))).contains(next);
    }
  }

  private static Instant rowUntil(ShakyStore store) {
    try {
      return store.all(NOW).getFirst().until();
    } catch (dovetail.directory.edit.UnavailableException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void aClockThatWasSetBackLetsGo() throws Exception {
    try (ShakyStore store = ShakyStore.in(folder, () -> NOW);
        StoredSuspensions host = host("first", store)) {
      host.suspend(of(ANN), "b");
      assertThat(host.of(ANN, NOW.minusSeconds(3599))).isPresent();
      assertThat(host.of(ANN, NOW.minusSeconds(3600))).isEmpty();
    }
  }

  @Test
  void whatIsLiftedIsOverAtTheNextReading() throws Exception {
    try (ShakyStore store = ShakyStore.in(folder, () -> NOW);
        StoredSuspensions host = host("first", store)) {
      host.suspend(of(ANN), "b");
      await(() -> !alarms.isEmpty());
      host.replace(store.all(NOW));
      assertThat(isStopped(host)).isTrue();
      assertThat(store.lift(ANN, "root")).isTrue();
      host.replace(store.all(NOW));
      assertThat(isStopped(host)).isFalse();
    }
  }

  /** The rows were read, then the suspension was written, and then the rows arrive. */
  @Test
  void aReadingThatBeganBeforeItWasWrittenDoesNotEndIt() throws Exception {
    try (ShakyStore store = ShakyStore.in(folder, () -> NOW);
        StoredSuspensions host = host("first", store)) {
      List<Suspension> early = store.all(NOW);
      host.suspend(of(ANN), "b");
      await(() -> !alarms.isEmpty());
      host.replace(early);
      assertThat(isStopped(host)).isTrue();
      host.held(host.of(ANN, NOW).orElseThrow(), "4A");
      await(() -> isHeld(store));
      assertThat(isStopped(host)).isTrue(); // what the host has asked again is over by now
      store.lift(ANN, "root");
      host.replace(store.all(NOW));
      assertThat(isStopped(host)).isFalse();
    }
  }

  private static boolean isHeld(ShakyStore store) {
    try {
      return !store.held("mx1", ANN).isEmpty();
    } catch (dovetail.directory.edit.UnavailableException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Nothing else changes after that, so there is no other reading. */
  @Test
  void whatIsLiftedBeforeTheFirstReadingIsOver() throws Exception {
    try (ShakyStore store = ShakyStore.in(folder, () -> NOW);
        StoredSuspensions host = host("first", store)) {
      host.suspend(of(ANN), "b");
      await(() -> !alarms.isEmpty());
      store.lift(ANN, "root");
      host.replace(store.all(NOW));
      await(() -> !isStopped(host));
      assertThat(store.all(NOW)).isEmpty();
    }
  }

  @Test
  void worksWhileTheDatabaseIsAwayAndTellsItLater() throws Exception {
    try (ShakyStore store = ShakyStore.in(folder, () -> NOW);
        StoredSuspensions host = host("first", store)) {
      store.away(true);
      host.suspend(of(ANN), "b");
      host.held(of(ANN), "4XyZ");
      await(() -> store.refused() == 2);
      assertThat(isStopped(host)).isTrue();
      await(() -> alarms.size() == 1);
      assertThat(alarms).containsExactly("first ann@example.com b");
      store.away(false);
      host.replace(store.all(NOW));
      assertThat(isStopped(host)).isTrue();
      await(() -> isKnown(store));
      assertThat(alarms).hasSize(1);
      store.lift(ANN, "root");
      host.replace(store.all(NOW));
      await(() -> !isStopped(host));
    }
  }

  @Test
  void whatCouldNotBeWrittenIsTriedAgainThoughNothingIsRead() throws Exception {
    try (ShakyStore store = ShakyStore.in(folder, () -> NOW);
        StoredSuspensions host = host("first", store)) {
      store.away(true);
      host.suspend(of(ANN), "b");
      await(() -> store.refused() == 1);
      store.away(false);
      await(() -> isKnown(store));
      assertThat(alarms).hasSize(1);
    }
  }

  /**
   * A host that could not write what another has written does not do it again once it is lifted.
   */
  @Test
  void whatIsLiftedStaysSoOnAHostThatCouldNotWriteIt() throws Exception {
    try (ShakyStore store = ShakyStore.in(folder, () -> NOW)) {
      StoredSuspensions second = host("second", store);
      store.away(true);
      second.suspend(of(ANN), "b");
      await(() -> store.refused() == 1);
      store.away(false);
      try (StoredSuspensions first = host("first", store)) {
        first.suspend(of(ANN), "b");
      }
      second.replace(store.all(NOW));
      store.lift(ANN, "root");
      second.replace(store.all(NOW));
      assertThat(isStopped(second)).isFalse();
      second.close();
      assertThat(store.all(NOW)).isEmpty();
    }
  }

  private static boolean isKnown(ShakyStore store) {
    try {
      return store.all(NOW).size() == 1;
    } catch (dovetail.directory.edit.UnavailableException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void messagesThatWaitAreNoted() throws Exception {
    try (ShakyStore store = ShakyStore.in(folder, () -> NOW)) {
      try (StoredSuspensions host = host("first", store)) {
        host.suspend(of(ANN), "b");
        host.held(of(ANN), "4B");
        host.held(of(ANN), "");
        host.held(of(ANN), "4A");
      }
      assertThat(store.held("mx1", ANN)).containsExactly("4A", "4B");
      store.forget(0, NOW);
      assertThat(store.held("mx1", ANN)).containsExactly("4A", "4B");
    }
  }

  @Test
  void needsNoDatabase() throws Exception {
    try (StoredSuspensions alone =
        new StoredSuspensions(Optional.empty(), "mx1", (one, rule) -> alarms.add(one.account()))) {
      alone.suspend(of(ANN), "b");
      alone.held(of(ANN), "4A");
      assertThat(isStopped(alone)).isTrue();
    }
    assertThat(alarms).containsExactly(ANN);
  }

  @Test
  void causesOfALaterReleaseStayWhatTheyAre() throws Exception {
    try (ShakyStore store = ShakyStore.in(folder, () -> NOW);
        StoredSuspensions host = host("first", store)) {
      Suspension later = new Suspension(ANN, NOW, NOW.plusSeconds(60), "moonlight", "x");
      assertThat(store.add(later, "root")).isTrue();
      host.replace(store.all(NOW));
      assertThat(host.of(ANN, NOW)).contains(later);
    }
  }

  @Test
  void theCommandInTheLogIsSafeToPaste() {
    ListAppender<ILoggingEvent> log = new ListAppender<>();
    log.start();
    LOG.addAppender(log);
    LOG.setAdditive(false);
    LOG.setLevel(Level.ERROR);
    try (StoredSuspensions alone =
        new StoredSuspensions(Optional.empty(), "mx1", (one, rule) -> alarms.add(one.account()))) {
      alone.suspend(of("x; touch y"), "b");
      alone.suspend(of(ANN), "b");
    } finally {
      LOG.detachAppender(log);
      LOG.setAdditive(true);
    }
    assertThat(log.list)
        .extracting(ILoggingEvent::getFormattedMessage)
        .anySatisfy(line -> assertThat(line).contains("\"dovetail limit release 'x; touch y'\""))
        .anySatisfy(line -> assertThat(line).contains("\"dovetail limit release " + ANN + "\""));
  }
}
