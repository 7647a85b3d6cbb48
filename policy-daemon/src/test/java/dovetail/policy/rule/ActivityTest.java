package dovetail.policy.rule;

import static org.assertj.core.api.Assertions.assertThat;

import dovetail.policy.rule.AccountHistory.Peak;
import dovetail.policy.rule.Breaker.Cause;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ActivityTest {
  private static final Breaker BREAKER = new Breaker(100, 50, 4, 1_000, 30, 8, Duration.ofHours(1));

  private static final Allowance BULK = new Allowance(BREAKER, Peak.NONE, true);

  private final Activity activity = new Activity();
  private Instant now = Instant.parse("2026-03-01T12:00:00Z");

  private Optional<Cause> sent(int recipients, int refused, Peak peak) {
    return sent(recipients, refused, List.of(), "", peak);
  }

  private Optional<Cause> sent(
      int recipients, int refused, List<String> domains, String network, Peak peak) {
    return cause(
        activity.add(
            new Activity.Sent(now, recipients, recipients, refused, domains, network),
            new Allowance(BREAKER, peak, false)));
  }

  private static Optional<Cause> cause(Activity.Outcome outcome) {
    return switch (outcome) {
      case Activity.Excess excess -> Optional.of(excess.cause());
      case Activity.Added _ -> Optional.empty();
    };
  }

  private Ruling.Receipt added(int recipients, List<String> domains) {
    return added(new Activity.Sent(now, recipients, recipients, 0, domains, ""));
  }

  private Ruling.Receipt added(Activity.Sent sent) {
    return switch (activity.add(sent, new Allowance(BREAKER, Peak.NONE, false))) {
      case Activity.Added added -> added;
      case Activity.Excess excess -> throw new AssertionError(excess);
    };
  }

  private static List<String> domains(int from, int to) {
    return IntStream.range(from, to).mapToObj(i -> "d" + i + ".example").toList();
  }

  @Test
  void whatIsLearnedIsNoQuestion() {
    activity.learn(new Activity.Sent(now, 900, 500, 9, domains(0, 300), "n"), 200);
    assertThat(activity.peak(now)).isEqualTo(new Peak(500, 200));
    assertThat(sent(1, 0, Peak.NONE)).contains(Cause.RECIPIENTS);
    now = now.plus(Duration.ofMinutes(11));
    assertThat(activity.peak(now)).isEqualTo(Peak.NONE);
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
    assertThat(cause(activity.add(much, BULK))).isEmpty();
    assertThat(activity.peak(now).recipients()).isEqualTo(100_000);
    Activity.Sent strange = new Activity.Sent(now, 0, 0, 200_000, List.of(), "");
    assertThat(cause(activity.add(strange, BULK))).contains(Cause.REFUSED);
  }

  @Test
  void remembersNoMoreDomainsThanCount() {
    Activity.Sent much = new Activity.Sent(now, 1, 1, 0, domains(0, 1_000), "");
    assertThat(cause(activity.add(much, BULK))).isEmpty();
    assertThat(activity.peak(now).domains()).isEqualTo(51);
  }

  @Test
  void noFiguresAreTooLarge() {
    Breaker large =
        new Breaker(
            1_000_000, 1_000_000, 1_000_000, 1_000_000, 1_000_000, 1_000_000, Duration.ZERO);
    Peak peak = new Peak(Integer.MAX_VALUE, Integer.MAX_VALUE);
    Activity.Sent most =
        new Activity.Sent(now, Integer.MAX_VALUE, Integer.MAX_VALUE, 0, domains(0, 10), "x");
    for (int i = 0; i < 3; i++) {
      assertThat(cause(activity.add(most, new Allowance(large, peak, true)))).isEmpty();
    }
    assertThat(activity.peak(now).recipients()).isPositive();
    assertThat(cause(activity.add(most, new Allowance(large, peak, false))))
        .contains(Cause.RECIPIENTS);
  }

  @Test
  void whateverWasReachedBeforeThereIsACeiling() {
    Peak peak = new Peak(300, 300);
    assertThat(sent(1_000, 0, domains(0, 1_000), "", peak)).isEmpty();
    assertThat(said(new Activity.Sent(now, 1, 1, 0, List.of(), ""), peak))
        .isEqualTo("1001 recipients in ten minutes, over the ceiling of 1000, 300 before at most");
    assertThat(said(new Activity.Sent(now, 1, 0, 0, domains(1_000, 1_001), ""), peak))
        .isEqualTo(
            "recipients in 1001 domains in ten minutes, over the ceiling of 1000, 300 before at"
                + " most");
    Activity.Sent more = new Activity.Sent(now, 5_000, 5_000, 0, domains(0, 5_000), "");
    assertThat(cause(activity.add(more, new Allowance(BREAKER, peak, true)))).isEmpty();
  }

  @Test
  void theCeilingIsNotBlamedForWhatIsBelowIt() {
    assertThat(said(new Activity.Sent(now, 1_001, 1_001, 0, List.of(), ""), new Peak(250, 0)))
        .isEqualTo("1001 recipients in ten minutes, 250 before at most");
  }

  private String said(Activity.Sent sent, Peak peak) {
    return switch (activity.add(sent, new Allowance(BREAKER, peak, false))) {
      case Activity.Excess excess -> excess.detail();
      case Activity.Added _ -> "";
    };
  }

  @Test
  void whatWasNotSentIsGivenBackOnce() {
    Ruling.Receipt sixty = added(60, domains(0, 30));
    added(30, domains(20, 40));
    assertThat(activity.peak(now)).isEqualTo(new Peak(90, 40));
    sixty.refund();
    assertThat(activity.peak(now)).isEqualTo(new Peak(30, 20));
    sixty.refund();
    assertThat(activity.peak(now)).isEqualTo(new Peak(30, 20));
    assertThat(sent(70, 0, domains(0, 30), "", Peak.NONE)).isEmpty();
    assertThat(sent(1, 0, Peak.NONE)).contains(Cause.RECIPIENTS);
  }

  @Test
  void networksStayAsTheyAre() {
    for (int i = 0; i < 8; i++) {
      Activity.Sent one = new Activity.Sent(now, 1, 1, 0, List.of(), "192.0." + i + ".0/24");
      added(one).refund();
    }
    assertThat(activity.peak(now)).isEqualTo(Peak.NONE);
    assertThat(sent(1, 0, List.of(), "192.0.9.0/24", Peak.NONE)).contains(Cause.NETWORKS);
  }

  @Test
  void recipientsThatWereGivenBackDoNotOutweighRefusedOnes() {
    Ruling.Receipt receipt = added(90, List.of());
    assertThat(sent(1, 31, Peak.NONE)).isEmpty();
    receipt.refund();
    assertThat(sent(1, 0, Peak.NONE)).contains(Cause.REFUSED);
  }

  @Test
  void nothingIsGivenBackAfterItsTime() {
    Ruling.Receipt late = added(60, domains(0, 30));
    now = now.plus(Duration.ofMinutes(11));
    added(50, domains(0, 10));
    late.refund();
    assertThat(activity.peak(now)).isEqualTo(new Peak(50, 10));
  }

  @Test
  void receiptsAreForAnyThread() throws Exception {
    try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
      for (Future<?> each : threads.invokeAll(Collections.nCopies(8, this::sendAndGiveBack))) {
        each.get();
      }
    }
    assertThat(activity.peak(now)).isEqualTo(Peak.NONE);
  }

  private boolean sendAndGiveBack() throws InterruptedException {
    for (int i = 0; i < 1_000; i++) {
      Ruling.Receipt receipt = added(1, domains(i % 40, i % 40 + 2));
      Thread other = Thread.startVirtualThread(receipt::refund);
      receipt.refund();
      other.join();
    }
    return true;
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
