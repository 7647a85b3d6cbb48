package dovetail.policy.rule;

import static org.assertj.core.api.Assertions.assertThat;

import dovetail.dns.RecordType;
import dovetail.policy.wire.Reply;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SpfRuleTest {
  private static final String CLIENT = "client_address=192.0.2.1 helo_name=mail.example.com";
  private static final Zone ZONE =
      Zone.EMPTY
          .txt("pass.example", "v=spf1 ip4:192.0.2.0/24 -all")
          .txt("fail.example", "v=spf1 -all")
          .txt("soft.example", "v=spf1 ~all")
          .txt("neutral.example", "v=spf1 ?all")
          .txt("broken.example", "v=spf1 nonsense:")
          .txt("liar.example", "v=spf1 -all")
          .failing(RecordType.TXT, "away.example");
  private static final SpfRule.Settings DEFAULT =
      new SpfRule.Settings(Measure.REJECT, Measure.MARK, Measure.MARK, Measure.NONE, true, true);

  private static SpfRule rule(SpfRule.Settings settings) {
    return new SpfRule(ZONE.checks(), settings, Refusal.with(550));
  }

  private static Ruling judge(String more) {
    return rule(DEFAULT).judge(Asked.facts("protocol_state=RCPT " + CLIENT + " " + more));
  }

  @ParameterizedTest
  @CsvSource({
    "ann@pass.example, spf-result PREPEND Received-SPF: pass (",
    "ann@fail.example, spf-fail 550 5.7.23 SPF: fail.example does not designate 192.0.2.1",
    "ann@soft.example, spf-softfail PREPEND Received-SPF: softfail (",
    "ann@neutral.example, spf-result PREPEND Received-SPF: neutral (",
    "ann@nothing.example, spf-result PREPEND Received-SPF: none (",
    "ann@broken.example, spf-permerror PREPEND Received-SPF: permerror (",
    "ann@away.example, abstains",
    "no-address, spf-result PREPEND Received-SPF: none (",
  })
  void eachResultHasItsMeasure(String sender, String action) {
    assertThat(Said.of(judge("sender=" + sender))).startsWith(action);
  }

  @Test
  void theFieldSaysWhoCameAndWhy() {
    assertThat(Said.of(judge("sender=ann@pass.example")))
        .isEqualTo(
            "spf-result PREPEND Received-SPF: pass (mx.example.net: pass.example designates"
                + " 192.0.2.1 as permitted sender) client-ip=192.0.2.1;"
                + " envelope-from=\"ann@pass.example\"; helo=mail.example.com; identity=mailfrom;"
                + " receiver=mx.example.net; mechanism=\"ip4:192.0.2.0/24\"");
  }

  @Test
  void aBounceIsCheckedByTheNameOfItsClient() {
    String bounce = "protocol_state=RCPT sender= client_address=192.0.2.1 helo_name=";
    assertThat(Said.of(rule(DEFAULT).judge(Asked.facts(bounce + "fail.example"))))
        .startsWith("spf-fail 550 5.7.23");
    assertThat(Said.of(rule(DEFAULT).judge(Asked.facts(bounce + "pass.example"))))
        .contains("identity=helo");
  }

  @Test
  void aNameThatTheClientMayNotUseCountsIfThatIsWanted() {
    String facts =
        "protocol_state=RCPT client_address=192.0.2.1 helo_name=liar.example"
            + " sender=ann@pass.example";
    assertThat(Said.of(rule(DEFAULT).judge(Asked.facts(facts))))
        .startsWith("spf-fail 550 5.7.23 SPF: liar.example");
    SpfRule.Settings without =
        new SpfRule.Settings(Measure.REJECT, Measure.MARK, Measure.MARK, Measure.NONE, false, true);
    assertThat(Said.of(rule(without).judge(Asked.facts(facts)))).startsWith("spf-result PREPEND");
  }

  @Test
  void defersWhereThatIsWanted() {
    SpfRule.Settings deferring =
        new SpfRule.Settings(
            Measure.DEFER, Measure.DEFER, Measure.NONE, Measure.DEFER, false, false);
    assertThat(Said.of(judge(deferring, "fail"))).startsWith("spf-fail 450 4.7.23 ");
    assertThat(Said.of(judge(deferring, "soft"))).startsWith("spf-softfail 450 4.7.23 ");
    assertThat(Said.of(judge(deferring, "broken"))).isEqualTo("passes");
    assertThat(Said.of(judge(deferring, "away"))).startsWith("spf-temperror 450 4.7.24 ");
    assertThat(Said.of(judge(deferring, "pass"))).isEqualTo("passes");
  }

  private static Ruling judge(SpfRule.Settings settings, String domain) {
    return rule(settings)
        .judge(Asked.facts("protocol_state=RCPT " + CLIENT + " sender=ann@" + domain + ".example"));
  }

  @Test
  void isAskedOnceForAMessageAndToldOnce() {
    CountingResolver resolver = CountingResolver.of(ZONE);
    SpfRule rule = new SpfRule(Zone.checks(resolver), DEFAULT, Refusal.with(550));
    MessageSoFar message = new MessageSoFar();
    List<NamedRule> both =
        List.of(
            new NamedRule("tried", "spf", Mode.SHADOW, Scope.ALL, rule),
            new NamedRule("spf", "spf", Mode.ON, Scope.ALL, rule));
    for (int i = 0; i < 3; i++) {
      Facts facts =
          Asked.facts(
              "protocol_state=RCPT instance=1 sender=ann@pass.example recipient=b%d@x.example %s"
                  .formatted(i, CLIENT),
              message);
      Judgement judgement = Judgement.of(both, facts);
      for (Judgement.Step step : judgement.steps()) {
        assertThat(step.ruling()).isInstanceOf(i == 0 ? Ruling.Adds.class : Ruling.Passes.class);
      }
      assertThat(judgement.reply()).isInstanceOf(i == 0 ? Reply.Prepend.class : Reply.Dunno.class);
    }
    assertThat(resolver.asked()).filteredOn("TXT pass.example"::equals).hasSize(1);
    assertThat(resolver.asked()).filteredOn("TXT mail.example.com"::equals).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "protocol_state=CONNECT client_address=192.0.2.1",
        "protocol_state=EHLO client_address=192.0.2.1 helo_name=fail.example",
        "protocol_state=END-OF-MESSAGE client_address=192.0.2.1 sender=ann@fail.example",
        "protocol_state=RCPT client_address=unknown sender=ann@fail.example",
        "protocol_state=RCPT client_address= sender=ann@fail.example",
        "protocol_state=RCPT sender=ann@fail.example",
        "protocol_state=RCPT client_address=127.0.0.1 sender=ann@fail.example",
        "protocol_state=RCPT client_address=::1 sender=ann@fail.example",
        "protocol_state=RCPT client_address=192.0.2.9 server_address=192.0.2.9"
            + " sender=ann@fail.example",
        "sender=ann@fail.example client_address=192.0.2.1",
      })
  void isNotForAnybodyElseOrAnyOtherTime(String attributes) {
    assertThat(rule(DEFAULT).judge(Asked.facts(attributes))).isEqualTo(Stranger.NONE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"@", "@@", "a@", "@fail..example", "\"", "\u0000@x", "ann@[192.0.2.1]"})
  void whatIsNoSenderIsNoReasonToRefuse(String sender) {
    assertThat(judge("sender=" + sender)).isInstanceOf(Ruling.Adds.class);
  }

  @Test
  void aMegabyteMakesNoLongField() {
    String megabyte = "x".repeat(1 << 20);
    for (String sender : new String[] {megabyte, megabyte + "@pass.example", "a@" + megabyte}) {
      Ruling ruling =
          rule(DEFAULT)
              .judge(
                  Asked.facts(
                      "protocol_state=RCPT client_address=192.0.2.1 helo_name=%s sender=%s"
                          .formatted(megabyte, sender)));
      assertThat(((Ruling.Adds) ruling).reply())
          .isInstanceOfSatisfying(
              Reply.Prepend.class,
              field ->
                  assertThat(field.value())
                      .hasSizeLessThan(400)
                      .endsWith("; receiver=mx.example.net"));
    }
  }

  @Test
  void theAdministratorsTextIsTheWholeText() {
    SpfRule rule =
        new SpfRule(ZONE.checks(), DEFAULT, new Refusal(554, Optional.of("see our page")));
    assertThat(
            Said.of(
                rule.judge(
                    Asked.facts("protocol_state=RCPT " + CLIENT + " sender=a@fail.example"))))
        .isEqualTo("spf-fail 554 5.7.23 see our page");
  }
}
