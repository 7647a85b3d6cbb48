package dovetail.policy.rule;

import static org.assertj.core.api.Assertions.assertThat;

import dovetail.counter.Suspension;
import dovetail.policy.wire.Reply;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Who is stopped, for how long, and when nobody is. */
final class BreakerSuspensionTest extends BreakerCase {
  /** Nobody is a stranger, or a stranger's victim, only since the database is away. */
  @Test
  void standsAsideUntilItKnowsWhoIsWho() {
    BreakerRule rule = rule(false);
    historyKnown = false;
    assertThat(sent(rule, ANN, 11, "a@one.example"))
        .isEqualTo(new Ruling.Abstains("what accounts are used to send has not been read yet"));
    historyKnown = true;
    limitsKnown = false;
    assertThat(sent(rule, ANN, 11, "a@one.example")).isInstanceOf(Ruling.Abstains.class);
    limitsKnown = true;
    directoryKnown = false;
    assertThat(sent(rule, ANN, 11, "a@example.com"))
        .isEqualTo(new Ruling.Abstains("it is not known whether example.com is ours"));
    assertThat(sent(rule, ANN, 0, "a@x.example", "b@x.example", "c@x.example", "d@x.example"))
        .isInstanceOf(Ruling.Abstains.class);
    assertThat(told).isEmpty();
    directoryKnown = true;
    assertThat(sent(rule, ANN, 10, "a@one.example").saw()).startsWith("10 recipients in 1 domains");
    assertThat(reached).hasSize(1);
  }

  /** That it is suspended is known, whatever else is not. */
  @Test
  void whoIsSuspendedStaysSoWhileTheDatabaseIsAway() {
    assertThat(sent(rule(false), ANN, 11)).isInstanceOf(Ruling.Refuses.class);
    historyKnown = false;
    assertThat(sent(rule(false), ANN, 1)).isInstanceOf(Ruling.Refuses.class);
  }

  /** What it only would have stopped was sent: for its history it is what the account does. */
  @Test
  void inTheShadowItLearnsWhatIsTooMuch() {
    obeyed = false;
    BreakerRule rule = rule(false);
    assertThat(sent(rule, ANN, 30)).isInstanceOf(Ruling.Refuses.class);
    assertThat(reached).containsEntry("ann@example.com", new AccountHistory.Peak(30, 0));
    now = now.plusSeconds(60);
    assertThat(sent(rule, ANN, 30)).isInstanceOf(Ruling.Refuses.class);
    assertThat(reached).containsEntry("ann@example.com", new AccountHistory.Peak(60, 0));
    obeyed = true;
    assertThat(sent(rule, ANN, 30)).isInstanceOf(Ruling.Refuses.class);
    assertThat(reached).containsEntry("ann@example.com", new AccountHistory.Peak(60, 0));
  }

  private Duration suspended(BreakerRule rule) {
    assertThat(sent(rule, ANN, 11)).isInstanceOf(Ruling.Refuses.class);
    Suspension last = Optional.ofNullable(stopped.get("ann@example.com")).orElseThrow();
    now = last.until();
    return last.length();
  }

  /** As long as nobody changes the password, each suspension is over less often. */
  @Test
  void whoIsStoppedAgainWithinADayIsStoppedForTwiceAsLong() {
    BreakerRule rule = rule(false);
    assertThat(suspended(rule)).isEqualTo(Duration.ofHours(1));
    assertThat(suspended(rule)).isEqualTo(Duration.ofHours(2));
    now = now.plus(Duration.ofDays(1)).minusSeconds(1);
    assertThat(suspended(rule)).isEqualTo(Duration.ofHours(4));
    now = now.plus(Duration.ofDays(1)).plusSeconds(1);
    assertThat(suspended(rule)).isEqualTo(Duration.ofHours(1));
    stopped.clear(); // somebody has released it
    assertThat(suspended(rule)).isEqualTo(Duration.ofHours(1));
  }

  @Test
  void nobodyIsStoppedForMoreThanAWeekUnlessThatIsSet() {
    BreakerRule rule = rule("b", lasting(Duration.ofDays(5)), false);
    assertThat(suspended(rule)).isEqualTo(Duration.ofDays(5));
    assertThat(suspended(rule)).isEqualTo(Duration.ofDays(7));
    assertThat(suspended(rule)).isEqualTo(Duration.ofDays(7));
    BreakerRule longer = rule("c", lasting(Duration.ofDays(9)), false);
    assertThat(suspended(longer)).isEqualTo(Duration.ofDays(9));
    assertThat(suspended(longer)).isEqualTo(Duration.ofDays(9));
  }

  private static Breaker lasting(Duration time) {
    return new Breaker(10, 5, 2, 100, 3, 2, time);
  }

  @Test
  void holdsInsteadOfRefusingAndNotesTheMessage() {
    BreakerRule rule = rule(true);
    assertThat(sent(rule, ANN, 11))
        .isInstanceOfSatisfying(
            Ruling.Adds.class,
            adds ->
                assertThat(adds.reply())
                    .isEqualTo(new Reply.Hold("sending of ann@example.com is suspended")));
    assertThat(told).containsExactly("b ann@example.com recipients", "held ann@example.com 4XyZ");
  }

  @Test
  void whatIsTriedStopsInMemoryOnly() {
    TriedSuspensions tried = new TriedSuspensions();
    Suspension one = new Suspension("ann@example.com", now, now.plusSeconds(60), "domains", "x");
    tried.suspend(one, "b");
    tried.held(one, "4XyZ");
    assertThat(tried.of("ann@example.com", now)).contains(one);
    assertThat(tried.areObeyed()).isFalse();
    assertThat(tried.of("bob@example.com", now)).isEmpty();
    assertThat(tried.of("ann@example.com", now.plusSeconds(60))).isEmpty();
    assertThat(tried.ended("ann@example.com", now.plusSeconds(59))).isEmpty();
    assertThat(tried.ended("ann@example.com", now.plusSeconds(60))).contains(one);
    assertThat(tried.ended("ann@example.com", now.plusSeconds(86_460))).isEmpty();
  }
}
