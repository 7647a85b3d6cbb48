package dovetail.policy.rule;

import static org.assertj.core.api.Assertions.assertThat;

import dovetail.policy.wire.Reply;
import dovetail.policy.wire.Stage;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class JudgementTest {
  private static final Reply NO = new Reply.Refuse(554, "5.7.1", "no");
  private static final Reply FIELD = new Reply.Prepend("X-Seen", "yes");
  private static final Reply HOLD = new Reply.Hold("wait");

  private final List<String> asked = new ArrayList<>();
  private final List<String> refunded = new ArrayList<>();
  private final MessageSoFar message = new MessageSoFar();

  private NamedRule rule(String name, Mode mode, Ruling ruling) {
    Rule rule =
        new Rule() {
          @Override
          public Set<Stage> needs() {
            return Set.of(Stage.RCPT);
          }

          @Override
          public Ruling judge(Facts facts) {
            asked.add(name);
            return ruling;
          }
        };
    return new NamedRule(name, "test", mode, Scope.ALL, rule);
  }

  private NamedRule passing(String name) {
    return rule(name, Mode.ON, new Ruling.Passes(""));
  }

  private NamedRule charging(String name, Mode mode) {
    return rule(name, mode, new Ruling.Charged(() -> refunded.add(name), ""));
  }

  private NamedRule refusing(Mode mode) {
    return rule("no", mode, new Ruling.Refuses(Reason.ACCESS, NO, ""));
  }

  private NamedRule adding(String name, Reply reply) {
    return rule(name, Mode.ON, new Ruling.Adds(Reason.ACCESS, reply, ""));
  }

  private Reply judged(Stage stage, NamedRule... rules) {
    return Judgement.of(List.of(rules), Asked.facts("protocol_state=" + stage.word(), message))
        .reply();
  }

  @Test
  void theFirstRefusalEndsItAndGivesBackWhatWasCharged() {
    Judgement judgement =
        Judgement.of(
            List.of(
                charging("a", Mode.ON),
                charging("b", Mode.SHADOW),
                refusing(Mode.ON),
                passing("z")),
            Asked.facts("protocol_state=RCPT"));
    assertThat(judgement.reply()).isEqualTo(NO);
    assertThat(judgement.decisive().orElseThrow().rule().name()).isEqualTo("no");
    assertThat(judgement.receipts()).isEmpty();
    assertThat(asked).containsExactly("a", "b", "no");
    assertThat(refunded).containsExactly("a", "b");
  }

  @Test
  void aMessageIsChargedOnceByARule() {
    List<NamedRule> rules = List.of(charging("a", Mode.ON), charging("b", Mode.SHADOW));
    Judgement first = Judgement.of(rules, Asked.facts("protocol_state=END-OF-MESSAGE", message));
    assertThat(first.receipts()).hasSize(2);
    Judgement again = Judgement.of(rules, Asked.facts("protocol_state=END-OF-MESSAGE", message));
    assertThat(again.receipts()).isEmpty();
    assertThat(asked).containsExactly("a", "b");
    assertThat(message.receipts()).hasSize(2);
    first.receipts().getFirst().refund();
    assertThat(message.receipts()).hasSize(1);
    Judgement third = Judgement.of(rules, Asked.facts("protocol_state=END-OF-MESSAGE", message));
    assertThat(third.receipts()).hasSize(1);
    assertThat(asked).containsExactly("a", "b", "a");
    assertThat(refunded).containsExactly("a");
  }

  @Test
  void whatASecondLineOfMainCfRefusesWasNotSent() {
    String end = "protocol_state=END-OF-MESSAGE";
    Judgement.of(List.of(charging("a", Mode.ON)), Asked.facts(end, message));
    Judgement.of(List.of(refusing(Mode.ON)), Asked.facts(end, message));
    assertThat(refunded).containsExactly("a");
    assertThat(message.receipts()).isEmpty();
  }

  @Test
  void aShadowChangesNothing() {
    Judgement judgement =
        Judgement.of(
            List.of(
                rule("s", Mode.SHADOW, new Ruling.Adds(Reason.ACCESS, HOLD, "")),
                rule("t", Mode.SHADOW, new Ruling.Allows("")),
                refusing(Mode.SHADOW),
                charging("a", Mode.ON)),
            Asked.facts("protocol_state=RCPT"));
    assertThat(judgement.reply()).isEqualTo(Reply.Dunno.DUNNO);
    assertThat(judgement.decisive()).isEmpty();
    assertThat(judgement.steps()).hasSize(4);
    assertThat(judgement.receipts()).hasSize(1);
    assertThat(refunded).isEmpty();
  }

  @Test
  void whatIsOffIsNotAsked() {
    assertThat(judged(Stage.RCPT, refusing(Mode.OFF))).isEqualTo(Reply.Dunno.DUNNO);
    assertThat(asked).isEmpty();
  }

  @Test
  void whoIsAllowedIsNotAskedFurther() {
    assertThat(judged(Stage.RCPT, rule("a", Mode.ON, new Ruling.Allows("")), refusing(Mode.ON)))
        .isEqualTo(Reply.Dunno.DUNNO);
    assertThat(asked).containsExactly("a");
  }

  private static NamedRule access(String name, String recipient, AccessRule.Action action) {
    List<NamePattern> recipients =
        recipient.isEmpty() ? List.of() : List.of(NamePattern.parse(recipient).orElseThrow());
    Rule rule =
        new AccessRule(
            new AccessRule.Lists(List.of(), recipients, List.of(), List.of()),
            action,
            Refusal.with(554));
    return new NamedRule(name, "access", Mode.ON, Scope.ALL, rule);
  }

  private static NamedRule helo(Set<String> contexts) {
    HeloRule rule =
        new HeloRule(
            Set.of(), new HeloRule.Settings(true, true, true, true, true), Refusal.with(550));
    return new NamedRule(
        "helo", "helo", Mode.ON, new Scope(contexts, Scope.Login.NO, List.of(), List.of()), rule);
  }

  /** At DATA Postfix names no recipient if there are several. */
  @Test
  void whoIsAllowedAsARecipientIsAllowedAtDataToo() {
    List<NamedRule> rules =
        List.of(
            access("desk", "postmaster@", AccessRule.Action.ALLOW),
            access("desk2", "abuse@", AccessRule.Action.ALLOW),
            helo(Set.of()),
            access("shut", "", AccessRule.Action.REFUSE));
    String client = " client_address=192.0.2.1 helo_name=localhost sender=a@b.example";
    for (String name : List.of("postmaster", "abuse")) {
      assertThat(reply(rules, "protocol_state=RCPT recipient=" + name + "@example.com" + client))
          .isEqualTo(Reply.Dunno.DUNNO);
    }
    assertThat(reply(rules, "protocol_state=RCPT recipient=ann@example.com" + client))
        .isInstanceOf(Reply.Refuse.class);
    for (String stage : List.of("DATA", "END-OF-MESSAGE")) {
      assertThat(reply(rules, "protocol_state=" + stage + " recipient_count=2" + client))
          .isEqualTo(Reply.Dunno.DUNNO);
    }
  }

  @Test
  void whoMayBeWrittenToInAnyNameMayAtDataToo() {
    SenderLoginRule login =
        new SenderLoginRule(
            Residents.NONE.senders(),
            SenderLoginRule.Unproven.NONE,
            SenderLoginRule.Foreign.REFUSE,
            Refusal.with(553));
    List<NamedRule> rules =
        List.of(
            access("desk", "postmaster@", AccessRule.Action.ALLOW),
            new NamedRule("login", "sender-login", Mode.ON, Scope.ALL, login));
    String client = " sasl_username=joe@example.com sender=joe";
    String data = "protocol_state=DATA recipient_count=2" + client;
    assertThat(reply(rules, data)).isInstanceOf(Reply.Refuse.class);
    assertThat(reply(rules, "protocol_state=RCPT recipient=postmaster@example.com" + client))
        .isEqualTo(Reply.Dunno.DUNNO);
    assertThat(reply(rules, data)).isEqualTo(Reply.Dunno.DUNNO);
  }

  /** Where only that line of main.cf is for the rule. */
  @Test
  void whoWasNotAskedOfRecipientsIsAskedAtData() {
    String client = " client_address=192.0.2.1 helo_name=localhost sender=a@b.example";
    String rcpt = "protocol_state=RCPT policy_context=mx recipient=ann@example.com" + client;
    String data = "protocol_state=DATA policy_context=data recipient_count=1" + client;
    assertThat(reply(List.of(helo(Set.of("data"))), rcpt)).isEqualTo(Reply.Dunno.DUNNO);
    assertThat(reply(List.of(helo(Set.of("data"))), data)).isInstanceOf(Reply.Refuse.class);
    assertThat(reply(List.of(helo(Set.of("mx", "data"))), data)).isEqualTo(Reply.Dunno.DUNNO);
  }

  private Reply reply(List<NamedRule> rules, String attributes) {
    return Judgement.of(rules, Asked.facts(attributes, message)).reply();
  }

  @Test
  void oneThingIsDoneAtATimeAndEachOnce() {
    NamedRule[] rules = {adding("field", FIELD), adding("hold", HOLD)};
    assertThat(judged(Stage.RCPT, rules)).isEqualTo(HOLD);
    assertThat(judged(Stage.RCPT, rules)).isEqualTo(FIELD);
    assertThat(judged(Stage.RCPT, rules)).isEqualTo(Reply.Dunno.DUNNO);
  }

  @Test
  void noFieldAtTheEnd() {
    assertThat(judged(Stage.END_OF_MESSAGE, adding("field", FIELD))).isEqualTo(Reply.Dunno.DUNNO);
    assertThat(judged(Stage.END_OF_MESSAGE, adding("hold", HOLD))).isEqualTo(HOLD);
  }

  @ParameterizedTest
  @EnumSource(names = {"CONNECT", "EHLO", "HELO", "VRFY", "ETRN", "OTHER"})
  void nothingIsDoneWhereThereIsNoMessage(Stage stage) {
    assertThat(judged(stage, adding("hold", HOLD))).isEqualTo(Reply.Dunno.DUNNO);
    assertThat(judged(Stage.RCPT, passing("a"))).isEqualTo(HOLD);
  }

  @Test
  void aRuleIsAskedWhereItIsMeantFor() {
    NamedRule rule =
        new NamedRule(
            "no",
            "test",
            Mode.ON,
            new Scope(Set.of("submission"), Scope.Login.YES, List.of(), List.of()),
            refusing(Mode.ON).rule());
    for (String other :
        List.of("policy_context=submission", "sasl_username=ann", "policy_context=mx")) {
      assertThat(Judgement.of(List.of(rule), Asked.facts(other)).steps()).as(other).isEmpty();
    }
    assertThat(
            Judgement.of(List.of(rule), Asked.facts("policy_context=submission sasl_username=ann"))
                .reply())
        .isEqualTo(NO);
  }
}
