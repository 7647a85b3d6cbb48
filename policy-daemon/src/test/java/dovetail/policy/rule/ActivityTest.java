package dovetail.policy.rule;

import static org.assertj.core.api.Assertions.assertThat;

import dovetail.policy.rule.AccountHistory.Peak;
import dovetail.policy.rule.Breaker.Cause;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ActivityTest {
  private static final Breaker BREAKER = new Breaker(100, 50, 4, 30, 8, Duration.ofHours(1));

  private static final Allowance BULK = new Allowance(BREAKER, Peak.NONE, true);

  private final Activity activity = new Activity();
  private Instant now = Instant.parse("2026-03-01T12:00:00Z");

  private Optional<Cause> sent(int recipients, int refused, Peak peak) {
    return sent(recipients, refused, List.of(), "", peak);
  }

  private Optional<Cause> sent(
      int recipients, int refused, List<String> domains, String network, Peak peak) {
    return activity
        .add(
            new Activity.Sent(now, recipients, recipients, refused, domains, network),
            new Allowance(BREAKER, peak, false))
        .map(Activity.Excess::cause);
  }

  private static List<String> domains(int from, int to) {
    return IntStream.range(from, to).mapToObj(i -> "d" + i + ".example").toList();
  }

  @Test
  void aHundredRecipientsAreLikeAnybody() {
    assertThat(sent(60, 0, Peak.NONE)).isEmpty();
    assertThat(sent(40, 0, Peak.NONE)).isEmpty();
    assertThat(sent(1, 0, Peak.NONE)).contains(Cause.RECIPIENTS);
    assertThat(activity.peak(now)).isEqualTo(new Peak(100, 0));
    now = now.plus(Duration.ofMinutes(11));
    assertThat(sent(1, 0, Peak.NONE)).isEmpty();
    assertThat(activity.peak(now)).isEqualTo(new Peak(1, 0));
  }

  @Test
  void whoeverIsUsedToMoreMaySendMore() {
    assertThat(sent(400, 0, new Peak(100, 1))).isEmpty();
    assertThat(sent(1, 0, new Peak(100, 1))).contains(Cause.RECIPIENTS);
  }

  @Test
  void manyDomainsAreNotLikeAnybody() {
    assertThat(sent(50, 0, domains(0, 50), "", Peak.NONE)).isEmpty();
    assertThat(sent(10, 0, domains(40, 50), "", Peak.NONE)).isEmpty();
    assertThat(sent(1, 0, domains(50, 51), "", Peak.NONE)).contains(Cause.DOMAINS);
    assertThat(activity.peak(now)).isEqualTo(new Peak(60, 50));
    assertThat(sent(1, 0, domains(50, 51), "", new Peak(0, 13))).isEmpty();
  }

  @Test
  void refusedRecipientsCountIfTheyAreMost() {
    assertThat(sent(31, 31, Peak.NONE)).isEmpty();
    assertThat(sent(0, 1, Peak.NONE)).contains(Cause.REFUSED);
    now = now.plus(Duration.ofHours(1));
    assertThat(sent(40, 0, Peak.NONE)).isEmpty();
    assertThat(sent(1, 40, Peak.NONE)).isEmpty();
    assertThat(sent(1, 3, Peak.NONE)).contains(Cause.REFUSED);
  }

  @Test
  void manyNetworksInAnHourAreNotLikeAnybody() {
    for (int i = 0; i < 8; i++) {
      assertThat(sent(1, 0, List.of(), "192.0." + i + ".0/24", Peak.NONE)).isEmpty();
      now = now.plus(Duration.ofMinutes(5));
    }
    assertThat(sent(1, 0, List.of(), "192.0.3.0/24", Peak.NONE)).isEmpty();
    assertThat(sent(1, 0, List.of(), "192.0.9.0/24", Peak.NONE)).contains(Cause.NETWORKS);
    now = now.plus(Duration.ofHours(1));
    assertThat(sent(1, 0, List.of(), "192.0.3.0/24", Peak.NONE)).isEmpty();
  }

  @Test
  void bulkSendersAreOnlyStoppedForWhatIsStrange() {
    Activity.Sent much = new Activity.Sent(now, 100_000, 100_000, 0, domains(0, 1_000), "");
    assertThat(activity.add(much, BULK)).isEmpty();
    assertThat(activity.peak(now).recipients()).isEqualTo(100_000);
    Activity.Sent strange = new Activity.Sent(now, 0, 0, 200_000, List.of(), "");
    assertThat(activity.add(strange, BULK).map(Activity.Excess::cause)).contains(Cause.REFUSED);
  }

  @Test
  void remembersNoMoreDomainsThanCount() {
    Activity.Sent much = new Activity.Sent(now, 1, 1, 0, domains(0, 1_000), "");
    assertThat(activity.add(much, BULK)).isEmpty();
    assertThat(activity.peak(now).domains()).isEqualTo(51);
  }

  @Test
  void noFiguresAreTooLarge() {
    Allowance large =
        new Allowance(
            new Breaker(1_000_000, 1_000_000, 1_000_000, 1_000_000, 1_000_000, Duration.ZERO),
            new Peak(Integer.MAX_VALUE, Integer.MAX_VALUE),
            false);
    for (int i = 0; i < 3; i++) {
      assertThat(
              activity.add(
                  new Activity.Sent(
                      now, Integer.MAX_VALUE, Integer.MAX_VALUE, 0, domains(0, 10), "x"),
                  large))
          .isEmpty();
    }
    assertThat(activity.peak(now).recipients()).isPositive();
  }

  @Test
  void aClockThatIsSetBackStopsNobody() {
    assertThat(sent(100, 0, domains(0, 50), "a", Peak.NONE)).isEmpty();
    now = now.minus(Duration.ofDays(2));
    assertThat(sent(100, 0, domains(50, 100), "b", Peak.NONE)).isEmpty();
    now = now.plus(Duration.ofDays(4));
    assertThat(sent(100, 0, domains(100, 150), "c", Peak.NONE)).isEmpty();
  }
}
