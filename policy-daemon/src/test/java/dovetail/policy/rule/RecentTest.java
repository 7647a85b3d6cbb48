package dovetail.policy.rule;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** Sums and sets over the last minutes, with clocks that jump. */
class RecentTest {
  private static final int SECONDS = 600;
  private static final long NOW = 1_772_366_400;

  @Test
  void countsForTheTimeAndASlotMore() {
    Recent recent = new Recent(SECONDS);
    recent.add(5, NOW);
    assertThat(recent.sum(NOW)).isEqualTo(5);
    assertThat(recent.sum(NOW + SECONDS)).isEqualTo(5);
    assertThat(recent.sum(NOW + SECONDS + SECONDS / 20)).isZero();
    assertThat(recent.sum(NOW + SECONDS)).isZero();
  }

  @Property
  void neverLosesWhatIsRecentAndKeepsNothingOld(
      @ForAll @Size(max = 50) List<@IntRange(max = 200) Integer> pauses) {
    Recent recent = new Recent(SECONDS);
    long now = NOW;
    long[] times = new long[pauses.size()];
    for (int i = 0; i < times.length; i++) {
      now += pauses.get(i);
      times[i] = now;
      recent.add(1, now);
      long least = 0;
      long most = 0;
      for (int j = 0; j <= i; j++) {
        least += now - times[j] <= SECONDS ? 1 : 0;
        most += now - times[j] < SECONDS + SECONDS / 20 ? 1 : 0;
      }
      assertThat(recent.sum(now)).isBetween(least, most);
    }
  }

  @Test
  void aClockThatIsSetBackALittleCountsOn() {
    Recent recent = new Recent(SECONDS);
    recent.add(5, NOW);
    recent.add(5, NOW - 300);
    assertThat(recent.sum(NOW - 300)).isEqualTo(10);
    assertThat(recent.sum(NOW)).isEqualTo(10);
  }

  @Test
  void aClockThatIsSetFarBackOrAheadBeginsAnew() {
    Recent recent = new Recent(SECONDS);
    recent.add(5, NOW);
    assertThat(recent.sum(NOW - 86_400)).isZero();
    recent.add(2, NOW - 86_400);
    assertThat(recent.sum(NOW - 86_400)).isEqualTo(2);
    assertThat(recent.sum(NOW + 86_400 * 10_000L)).isZero();
    assertThat(recent.sum(0)).isZero();
    recent.add(1, -5);
    assertThat(recent.sum(0)).isEqualTo(1);
  }

  @Test
  void aSetForgetsWhatIsOver() {
    RecentSet set = new RecentSet(SECONDS);
    set.add("a", NOW, 10);
    set.add("b", NOW + 300, 10);
    assertThat(set.size(NOW + SECONDS - 1)).isEqualTo(2);
    assertThat(set.size(NOW + SECONDS)).isEqualTo(1);
    set.add("b", NOW + SECONDS, 10);
    assertThat(set.size(NOW + 300 + SECONDS)).isEqualTo(1);
    assertThat(set.size(NOW + 2 * SECONDS)).isZero();
  }

  @Test
  void aSetHasItsMost() {
    RecentSet set = new RecentSet(SECONDS);
    for (int i = 0; i < 1_000; i++) {
      set.add("d" + i, NOW, 9);
    }
    assertThat(set.size(NOW)).isEqualTo(9);
    set.add("d3", NOW + 500, 9); // one that is there is renewed
    assertThat(set.size(NOW + SECONDS)).isEqualTo(1);
  }

  @Test
  void aSetTellsHowManyThereWouldBe() {
    RecentSet set = new RecentSet(SECONDS);
    set.add("a", NOW, 10);
    assertThat(set.sizeWith(List.of("a", "b", "b"), NOW)).isEqualTo(2);
    assertThat(set.size(NOW)).isEqualTo(1);
  }

  @Test
  void aSetBeginsAnewWithAClockThatJumps() {
    RecentSet set = new RecentSet(SECONDS);
    set.add("a", NOW, 10);
    assertThat(set.size(NOW - 300)).isEqualTo(1);
    assertThat(set.size(NOW - SECONDS)).isZero();
  }
}
