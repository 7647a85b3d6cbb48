package dovetail.policy.rule;

import static org.assertj.core.api.Assertions.assertThat;

import dovetail.counter.Suspension;
import dovetail.policy.wire.Reply;
import dovetail.policy.wire.Stage;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class BreakerRuleTest extends BreakerCase {
  @Test
  void stopsWhatIsNotLikeTheAccount() {
    BreakerRule rule = rule(false);
    Ruling passed = sent(rule, ANN, 10, "a@one.example");
    assertThat(passed).isInstanceOf(Ruling.Charged.class);
    assertThat(passed.saw())
        .isEqualTo(
            "10 recipients in 1 domains in ten minutes; may reach 10 recipients in 5 domains in ten"
                + " minutes, has reached 0 in 0 on former days");
    assertThat(sent(rule, ANN, 1, "a@one.example"))
        .isEqualTo(
            new Ruling.Refuses(
                Reason.SUSPENDED,
                new Reply.Refuse(
                    450,
                    "4.7.1",
                    "sending is suspended until 2026-03-01 13:01 +0000, since this was not like"
                        + " your account; ask your postmaster"),
                "suspended until 2026-03-01T13:00:30Z: 11 recipients in ten minutes, 0 before at"
                    + " most"));
    assertThat(told).containsExactly("b ann@example.com recipients");
    assertThat(sent(rule, ANN, 1, "a@one.example")).isInstanceOf(Ruling.Refuses.class);
    assertThat(told).hasSize(1);
    now = now.plus(Duration.ofMinutes(61));
    assertThat(sent(rule, ANN, 1, "a@one.example")).isInstanceOf(Ruling.Charged.class);
    assertThat(reached).containsEntry("ann@example.com", new AccountHistory.Peak(10, 1));
  }

  @Test
  void tellsWhatAnAccountMay() {
    before = new AccountHistory.Peak(20, 4);
    String facts = "protocol_state=RCPT recipient=a@one.example" + ANN;
    assertThat(rule(false).judge(Asked.facts(facts)).saw())
        .isEqualTo(
            "not suspended; may reach 40 recipients in 8 domains in ten minutes, has reached 20 in 4"
                + " on former days");
    bulk = true;
    assertThat(rule(false).judge(Asked.facts(facts)).saw())
        .isEqualTo("not suspended; may reach any number, has reached 20 in 4 on former days");
  }

  /** What the running service has seen is not known to it. */
  @Test
  void aTrialTellsOfItsMessageOnly() {
    activities = Activities.ofOneMessage();
    assertThat(sent(rule(false), ANN, 2, "a@one.example", "a@two.example").saw())
        .startsWith("2 recipients in 2 domains by this message alone; may reach 10 ");
  }

  @Test
  void accountsAreApart() {
    BreakerRule rule = rule(false);
    assertThat(sent(rule, ANN, 11)).isInstanceOf(Ruling.Refuses.class);
    assertThat(sent(rule, " sasl_username=bob@example.com sender=ann@example.com", 1))
        .isInstanceOf(Ruling.Charged.class);
    assertThat(sent(rule, " sasl_username=ANN@EXAMPLE.COM sender=", 1))
        .isInstanceOf(Ruling.Refuses.class);
  }

  @Test
  void whoeverHasNotLoggedInIsNoneOfIts() {
    assertThat(sent(rule(false), " sender=ann@example.com", 1_000, "a@one.example"))
        .isEqualTo(new Ruling.Passes("nobody has logged in"));
    assertThat(told).isEmpty();
  }

  @Test
  void ourOwnPeopleDoNotCount() {
    BreakerRule rule = rule(false);
    String[] ours = new String[20];
    java.util.Arrays.setAll(ours, i -> "x" + i + "@example.com");
    assertThat(sent(rule, ANN, 20, ours)).isInstanceOf(Ruling.Charged.class);
    assertThat(reached).containsEntry("ann@example.com", AccountHistory.Peak.NONE);
  }

  @Test
  void recipientsThatWereRefusedCount() {
    BreakerRule rule = rule(false);
    Ruling ruling = sent(rule, ANN, 1, "a@x.example", "b@x.example", "c@x.example", "d@x.example");
    assertThat(ruling).isInstanceOf(Ruling.Charged.class);
    assertThat(sent(rule, ANN, 1, "e@x.example", "f@x.example")).isInstanceOf(Ruling.Refuses.class);
    assertThat(told).containsExactly("b ann@example.com refused");
  }

  /** What a list or a limit refuses says nothing about who there is. */
  @Test
  void recipientsThatWeRefuseDoNotCount() {
    BreakerRule rule = rule(false);
    assertThat(sentBehind(rule, Reason.LIMIT, 8)).isInstanceOf(Ruling.Charged.class);
    assertThat(told).isEmpty();
    assertThat(sentBehind(rule, Reason.NO_SUCH_RECIPIENT, 8)).isInstanceOf(Ruling.Refuses.class);
    assertThat(told).containsExactly("b ann@example.com refused");
  }

  /** A message of which a rule refuses so many recipients, one of them twice; one is taken. */
  private Ruling sentBehind(BreakerRule rule, Reason reason, int refused) {
    Ruling.Refuses no = new Ruling.Refuses(reason, new Reply.Refuse(450, "4.7.1", "no"), "");
    MessageSoFar message = new MessageSoFar();
    String rcpt = "protocol_state=RCPT" + ANN + " recipient=";
    List<NamedRule> refusing = List.of(named("r", fixed(no)));
    for (int i = 0; i < refused; i++) {
      Judgement.of(refusing, Asked.facts(rcpt + i + "@x.example", message, now));
    }
    Judgement.of(refusing, Asked.facts(rcpt + (refused - 1) + "@x.example", message, now));
    Judgement.of(List.of(), Asked.facts(rcpt + "taken@x.example", message, now));
    return rule.judge(
        Asked.facts("protocol_state=END-OF-MESSAGE recipient_count=1" + ANN, message, now));
  }

  private static Rule fixed(Ruling ruling) {
    return new Rule() {
      @Override
      public Set<Stage> needs() {
        return Set.of(Stage.RCPT);
      }

      @Override
      public Ruling judge(Facts facts) {
        return ruling;
      }
    };
  }

  @Test
  void networksCountByTheirPrefix() {
    BreakerRule rule = rule(false);
    for (String client : List.of("192.0.2.1", "192.0.2.200", "2001:db8:1::1", "2001:db8:1:2::9")) {
      assertThat(sent(rule, ANN + " client_address=" + client, 1))
          .as(client)
          .isInstanceOf(Ruling.Charged.class);
    }
    assertThat(sent(rule, ANN + " client_address=unknown", 1)).isInstanceOf(Ruling.Charged.class);
    assertThat(sent(rule, ANN + " client_address=2001:db8:2::1", 1))
        .isInstanceOf(Ruling.Refuses.class);
    assertThat(told).containsExactly("b ann@example.com networks");
  }

  @Test
  void aBulkSenderMaySendAnyNumber() {
    bulk = true;
    assertThat(sent(rule(false), ANN, 100_000)).isInstanceOf(Ruling.Charged.class);
  }

  @Test
  void whatTheAccountHasReachedBeforeIsMultiplied() {
    before = new AccountHistory.Peak(20, 1);
    BreakerRule rule = rule(false);
    assertThat(sent(rule, ANN, 40)).isInstanceOf(Ruling.Charged.class);
    assertThat(sent(rule, ANN, 1)).isInstanceOf(Ruling.Refuses.class);
  }

  /** Whoever sends twice as much each day passes any number otherwise. */
  @Test
  void whatTheAccountHasReachedBeforeIsMultipliedUpToTheCeiling() {
    before = new AccountHistory.Peak(80, 1);
    BreakerRule rule = rule(false);
    assertThat(sent(rule, ANN, 100)).isInstanceOf(Ruling.Charged.class);
    assertThat(sent(rule, ANN, 1).saw())
        .endsWith(": 101 recipients in ten minutes, over the ceiling of 100, 80 before at most");
  }

  @ParameterizedTest
  @EnumSource
  void looksOnlyWhereThereIsAMessage(Stage stage) {
    stopped.put(
        "ann@example.com",
        new Suspension("ann@example.com", now, now.plusSeconds(60), "domains", "x"));
    Ruling ruling = rule(false).judge(Asked.facts("protocol_state=" + stage.word() + ANN));
    switch (stage) {
      case RCPT, DATA, END_OF_MESSAGE -> assertThat(ruling).isInstanceOf(Ruling.Refuses.class);
      case CONNECT, EHLO, HELO, MAIL, VRFY, ETRN, OTHER ->
          assertThat(ruling).isInstanceOf(Ruling.NotNow.class);
    }
  }

  /** Accounts that are quiet are forgotten: memory does not grow with all who have ever sent. */
  @Test
  void forgetsAccountsThatAreQuiet() {
    BreakerRule rule = rule(false);
    assertThat(sent(rule, ANN, 10)).isInstanceOf(Ruling.Charged.class);
    nanos += Duration.ofHours(3).toNanos();
    assertThat(sent(rule, ANN, 10)).isInstanceOf(Ruling.Charged.class);
  }

  @Test
  void whatWasRefusedAfterItWasNotSent() {
    BreakerRule rule = rule(false);
    assertThat(sent(rule, ANN, 4, "a@one.example")).isInstanceOf(Ruling.Charged.class);
    for (int i = 0; i < 9; i++) {
      Ruling ruling = sent(rule, ANN, 6, "a@" + i + ".example");
      assertThat(ruling.saw()).startsWith("10 recipients in 2 domains in ten minutes; ");
      ((Ruling.Charged) ruling).receipt().refund();
    }
    assertThat(sent(rule, ANN, 7)).isInstanceOf(Ruling.Refuses.class);
  }

  @Test
  void aRefusalBehindItGivesBack() {
    NamedRule breaker = named("b", rule(false));
    NamedRule refusing = named("no", new SizeRule(1, Refusal.with(552)));
    for (int i = 0; i < 3; i++) {
      Judgement refused = Judgement.of(List.of(breaker, refusing), end(10));
      assertThat(refused.decisive().orElseThrow().rule().name()).isEqualTo("no");
    }
    assertThat(Judgement.of(List.of(breaker), end(10)).receipts()).hasSize(1);
    assertThat(Judgement.of(List.of(breaker), end(1)).decisive()).isPresent();
  }

  private Facts end(int recipients) {
    return Asked.facts(
        "protocol_state=END-OF-MESSAGE size=2 recipient_count=" + recipients + ANN,
        new MessageSoFar(),
        now);
  }

  @Test
  void goesOnAfterAReload() {
    assertThat(sent(rule(false), ANN, 8)).isInstanceOf(Ruling.Charged.class);
    BreakerRule next = rule(false);
    activities.keep(List.of(named("b", next)));
    assertThat(sent(next, ANN, 2)).isInstanceOf(Ruling.Charged.class);
    assertThat(sent(next, ANN, 1)).isInstanceOf(Ruling.Refuses.class);
  }

  @Test
  void otherNumbersHoldAtOnce() {
    assertThat(sent(rule(false), ANN, 8)).isInstanceOf(Ruling.Charged.class);
    Breaker wider = new Breaker(20, 5, 2, 100, 3, 2, Duration.ofHours(1));
    assertThat(sent(rule("b", wider, false), ANN, 12)).isInstanceOf(Ruling.Charged.class);
    assertThat(sent(rule(false), ANN, 1)).isInstanceOf(Ruling.Refuses.class);
  }

  @Test
  void rulesDoNotShareWhatTheySee() {
    BreakerRule one = rule("one", BREAKER, false);
    BreakerRule two = rule("two", BREAKER, false);
    assertThat(sent(one, ANN, 10)).isInstanceOf(Ruling.Charged.class);
    assertThat(sent(two, ANN, 10)).isInstanceOf(Ruling.Charged.class);
  }

  @Test
  void whatARuleHasSeenGoesWithIt() {
    assertThat(sent(rule(false), ANN, 8)).isInstanceOf(Ruling.Charged.class);
    SizeRule other = new SizeRule(1, Refusal.with(552));
    activities.keep(List.of(named("b", other), named("c", rule("c", BREAKER, false))));
    assertThat(sent(rule(false), ANN, 8)).isInstanceOf(Ruling.Charged.class);
  }
}
