package dovetail.policy.rule;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** Sums and sets over the last minutes, with clocks that jump. */
class RecentTest {
  private static final int SECONDS = 600;
  private static final long SLOT = SECONDS / 20;
  private static final long NOW = 1_772_366_400;

  private int messages;

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
    add(set, NOW, 10, "a");
    add(set, NOW + 300, 10, "b");
    assertThat(set.size(NOW + SECONDS - 1)).isEqualTo(2);
    assertThat(set.size(NOW + SECONDS)).isEqualTo(1);
    add(set, NOW + SECONDS, 10, "b");
    assertThat(set.size(NOW + 300 + SECONDS)).isEqualTo(1);
    assertThat(set.size(NOW + 2 * SECONDS)).isZero();
  }

  @Test
  void aSetHasItsMost() {
    RecentSet set = new RecentSet(SECONDS);
    for (int i = 0; i < 1_000; i++) {
      add(set, NOW, 9, "d" + i);
    }
    assertThat(set.size(NOW)).isEqualTo(9);
    add(set, NOW + 500, 9, "d3"); // one that is there is renewed
    assertThat(set.size(NOW + SECONDS)).isEqualTo(1);
  }

  @Test
  void aSetRemembersATailOfWhatIsTakenBackOnly() {
    assertThat(leftAfterTakingBack(900)).isZero();
    assertThat(leftAfterTakingBack(100_000)).isEqualTo(1);
  }

  /** Messages with the same domain, each taken back when the next one has come. */
  private static int leftAfterTakingBack(int messages) {
    RecentSet set = new RecentSet(SECONDS);
    RecentSet.Part before = set.add(List.of("a"), RecentSet.mark(NOW, 0), 9);
    for (int i = 1; i < messages; i++) {
      RecentSet.Part next = set.add(List.of("a"), RecentSet.mark(NOW, i), 9);
      before.takeBack();
      before = next;
    }
    before.takeBack();
    return set.size(NOW);
  }

  @Test
  void aSetTellsHowManyThereWouldBe() {
    RecentSet set = new RecentSet(SECONDS);
    add(set, NOW, 10, "a");
    assertThat(set.sizeWith(List.of("a", "b", "b"), NOW)).isEqualTo(2);
    assertThat(set.size(NOW)).isEqualTo(1);
  }

  @Test
  void aSetBeginsAnewWithAClockThatJumps() {
    RecentSet set = new RecentSet(SECONDS);
    add(set, NOW, 10, "a");
    assertThat(set.size(NOW - 300)).isEqualTo(1);
    assertThat(set.size(NOW - SECONDS)).isZero();
  }

  @Test
  void aSumTakesBackWhatIsNotOver() {
    Recent recent = new Recent(SECONDS);
    Recent.Part five = recent.add(5, NOW);
    Recent.Part seven = recent.add(7, NOW + 60);
    recent.add(1, NOW + 60);
    five.takeBack();
    assertThat(recent.sum(NOW + 60)).isEqualTo(8);
    recent.add(100, NOW + 60 + SECONDS + 30); // in the place of the seven
    seven.takeBack();
    assertThat(recent.sum(NOW + 60 + SECONDS + 30)).isEqualTo(100);
  }

  @Test
  void aSumThatHasBegunAnewGivesNothingBack() {
    Recent recent = new Recent(SECONDS);
    Recent.Part before = recent.add(5, NOW);
    recent.add(1, NOW - 86_400); // the clock is set back, and again
    recent.add(2, NOW);
    before.takeBack();
    assertThat(recent.sum(NOW)).isEqualTo(2);
    recent.add(0, NOW).takeBack();
    assertThat(recent.sum(NOW)).isEqualTo(2);
  }

  @Test
  void aSumThatWasFullIsNeverLessThanNothing() {
    Recent recent = new Recent(SECONDS);
    Recent.Part most = recent.add(Integer.MAX_VALUE, NOW);
    Recent.Part more = recent.add(Integer.MAX_VALUE, NOW);
    more.takeBack();
    assertThat(recent.sum(NOW)).isEqualTo(Integer.MAX_VALUE);
    most.takeBack();
    assertThat(recent.sum(NOW)).isZero();
  }

  @Test
  void aSetLosesWhatOneMessageAloneHasBroughtIn() {
    RecentSet set = new RecentSet(SECONDS);
    add(set, NOW, 10, "a");
    RecentSet.Part second = add(set, NOW, 10, "a", "b", "c");
    add(set, NOW, 10, "c", "d");
    second.takeBack();
    assertThat(set.size(NOW)).isEqualTo(3);
    assertThat(set.sizeWith(List.of("a", "c", "d"), NOW)).isEqualTo(3);
  }

  @Test
  void aSetForgetsInTimeWhatWasRenewedInVain() {
    RecentSet set = new RecentSet(SECONDS);
    add(set, NOW, 10, "a");
    RecentSet.Part second = add(set, NOW + 100, 10, "a");
    RecentSet.Part third = add(set, NOW + 200, 10, "a");
    second.takeBack();
    assertThat(set.size(NOW + 200)).isEqualTo(1);
    third.takeBack();
    assertThat(set.size(NOW + SECONDS - 1)).isEqualTo(1);
    assertThat(set.size(NOW + SECONDS)).isZero();
  }

  @Test
  void aMessageThatIsOverTakesNothingFromLaterOnes() {
    RecentSet set = new RecentSet(SECONDS);
    RecentSet.Part first = add(set, NOW, 10, "a");
    add(set, NOW + SECONDS, 10, "a");
    first.takeBack();
    assertThat(set.size(NOW + SECONDS)).isEqualTo(1);
  }

  @Test
  void aSetMayBecomeNarrower() {
    RecentSet set = new RecentSet(SECONDS);
    add(set, NOW, 10, "a", "b", "c");
    add(set, NOW, 1, "a", "b", "c", "d").takeBack();
    assertThat(set.size(NOW)).isEqualTo(3);
  }

  /** Compared with the messages themselves, each of which may be taken back at any time. */
  @Property
  void isAsIfWhatWasTakenBackHadNotBeen(@ForAll long seed) {
    Random random = new Random(seed);
    Recent recent = new Recent(SECONDS);
    RecentSet set = new RecentSet(SECONDS);
    List<Message> messages = new ArrayList<>();
    long now = NOW;
    for (int i = 0; i < 200; i++) {
      now += random.nextInt(3) == 0 ? random.nextInt(150) : 0;
      if (messages.isEmpty() || random.nextInt(5) < 3) {
        Set<String> domains = new HashSet<>();
        for (int j = random.nextInt(4); j >= 0; j--) {
          domains.add("d" + random.nextInt(8));
        }
        int amount = random.nextInt(5);
        messages.add(
            new Message(
                now,
                amount,
                domains,
                recent.add(amount, now),
                set.add(domains, RecentSet.mark(now, i), 100)));
      } else {
        Message one = messages.remove(random.nextInt(messages.size()));
        one.sum().takeBack();
        one.part().takeBack();
      }
      long then = now;
      assertThat(set.size(now))
          .isEqualTo(
              (int)
                  messages.stream()
                      .filter(one -> then - one.at() < SECONDS)
                      .flatMap(one -> one.domains().stream())
                      .distinct()
                      .count());
      assertThat(recent.sum(now))
          .isEqualTo(
              messages.stream()
                  .filter(one -> Math.floorDiv(then, SLOT) - Math.floorDiv(one.at(), SLOT) <= 20)
                  .mapToLong(Message::amount)
                  .sum());
    }
  }

  private record Message(
      long at, int amount, Set<String> domains, Recent.Part sum, RecentSet.Part part) {}

  private RecentSet.Part add(RecentSet set, long now, int most, String... all) {
    return set.add(List.of(all), RecentSet.mark(now, ++messages), most);
  }
}
