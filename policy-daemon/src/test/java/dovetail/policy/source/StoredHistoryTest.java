package dovetail.policy.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dovetail.counter.AccountDay;
import dovetail.directory.edit.UnavailableException;
import dovetail.policy.rule.AccountHistory.Peak;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoredHistoryTest {
  private static final String ANN = "ann@example.com";

  /** In that zone the second of March has begun. */
  private static final Instant NOW = Instant.parse("2026-03-01T23:30:00Z");

  private static final ZoneId ZONE = ZoneId.of("Europe/Paris");
  private static final long TODAY = 20_514;

  @TempDir private Path folder;

  private static List<AccountDay> days(ShakyStore store) throws UnavailableException {
    List<AccountDay> all = new ArrayList<>();
    store.history(0, all::add);
    return all;
  }

  @Test
  void whatIsReachedTodayCountsTomorrow() throws Exception {
    try (ShakyStore store = ShakyStore.in(folder, () -> NOW)) {
      StoredHistory history = new StoredHistory(store, ZONE);
      history.exchange(NOW);
      history.reached(ANN, new Peak(5, 3));
      history.reached(ANN, new Peak(4, 4));
      history.reached(ANN, new Peak(1, 1));
      history.exchange(NOW.plus(Duration.ofHours(22)));
      assertThat(history.of(ANN)).isEqualTo(Peak.NONE);
      assertThat(days(store)).containsExactly(new AccountDay(ANN, TODAY, 5, 4));
      history.exchange(NOW.plus(Duration.ofHours(24)));
      assertThat(history.of(ANN)).isEqualTo(new Peak(5, 4));
      history.reached(ANN, new Peak(1, 1));
      history.exchange(NOW.plus(Duration.ofHours(25)));
      assertThat(days(store))
          .containsExactlyInAnyOrder(
              new AccountDay(ANN, TODAY, 5, 4), new AccountDay(ANN, TODAY + 1, 1, 1));
    }
  }

  @Test
  void aBeginningHostReadsFourWeeks() throws Exception {
    try (ShakyStore store = ShakyStore.in(folder, () -> NOW)) {
      store.reached(
          List.of(
              new AccountDay(ANN, TODAY - 29, 900, 90),
              new AccountDay(ANN, TODAY - 28, 5, 1),
              new AccountDay(ANN, TODAY - 1, 1, 7),
              new AccountDay(ANN, TODAY, 100, 100)));
      StoredHistory history = new StoredHistory(store, ZONE);
      assertThat(history.of(ANN)).isEqualTo(Peak.NONE);
      history.exchange(NOW);
      assertThat(history.of(ANN)).isEqualTo(new Peak(5, 7));
      assertThat(history.of("bob@example.com")).isEqualTo(Peak.NONE);
      history.exchange(NOW.plus(Duration.ofDays(1)));
      assertThat(history.of(ANN)).isEqualTo(new Peak(100, 100));
      assertThat(days(store)).extracting(AccountDay::day).doesNotContain(TODAY - 29, TODAY - 28);
    }
  }

  @Test
  void aClockThatWasAheadForgetsNothing() throws Exception {
    try (ShakyStore store = ShakyStore.in(folder, () -> NOW)) {
      store.reached(List.of(new AccountDay(ANN, TODAY - 1, 240, 100)));
      StoredHistory history = new StoredHistory(store, ZONE);
      history.exchange(NOW);
      history.exchange(NOW.plus(Duration.ofDays(365)));
      history.exchange(NOW);
      assertThat(history.of(ANN)).isEqualTo(new Peak(240, 100));
    }
  }

  @Test
  void nothingIsLostWhileTheDatabaseIsAway() throws Exception {
    try (ShakyStore store = ShakyStore.in(folder, () -> NOW)) {
      StoredHistory history = new StoredHistory(store, ZONE);
      store.away(true);
      assertThat(history.isKnown()).isFalse();
      history.reached(ANN, new Peak(5, 3));
      assertThatThrownBy(() -> history.exchange(NOW)).isInstanceOf(UnavailableException.class);
      history.reached("bob@example.com", new Peak(2, 2));
      assertThatThrownBy(() -> history.exchange(NOW)).isInstanceOf(UnavailableException.class);
      assertThat(history.isKnown()).isFalse();
      store.away(false);
      history.exchange(NOW);
      assertThat(history.isKnown()).isTrue();
      store.away(true);
      history.reached("eve@example.com", new Peak(2, 2));
      assertThatThrownBy(() -> history.exchange(NOW)).isInstanceOf(UnavailableException.class);
      assertThat(history.isKnown()).isTrue();
      store.away(false);
      assertThat(days(store))
          .containsExactlyInAnyOrder(
              new AccountDay(ANN, TODAY, 5, 3), new AccountDay("bob@example.com", TODAY, 2, 2));
    }
  }

  @Test
  void aTrialKnowsTheSameOfOneAccount() throws Exception {
    try (ShakyStore store = ShakyStore.in(folder, () -> NOW)) {
      store.reached(
          List.of(
              new AccountDay(ANN, TODAY - 29, 900, 90),
              new AccountDay(ANN, TODAY - 28, 5, 1),
              new AccountDay(ANN, TODAY - 1, 1, 7),
              new AccountDay(ANN, TODAY, 100, 100),
              new AccountDay("bob@example.com", TODAY - 1, 8, 8)));
      TriedHistory tried = TriedHistory.of(ANN, store, ZONE, NOW);
      assertThat(tried.of(ANN)).isEqualTo(new Peak(5, 7));
      assertThat(tried.of("bob@example.com")).isEqualTo(Peak.NONE);
      tried.reached(ANN, new Peak(50, 70));
      assertThat(tried.of(ANN)).isEqualTo(new Peak(5, 7));
      assertThat(days(store)).hasSize(5);
      store.away(true);
      assertThatThrownBy(() -> TriedHistory.of(ANN, store, ZONE, NOW))
          .isInstanceOf(UnavailableException.class);
    }
  }

  @Test
  void isWrittenOnceOnly() throws Exception {
    try (ShakyStore store = ShakyStore.in(folder, () -> NOW)) {
      StoredHistory history = new StoredHistory(store, ZONE);
      history.reached(ANN, new Peak(5, 3));
      history.exchange(NOW);
      store.forget(TODAY + 1, NOW);
      history.reached(ANN, new Peak(5, 2));
      history.exchange(NOW);
      assertThat(days(store)).isEmpty();
    }
  }
}
