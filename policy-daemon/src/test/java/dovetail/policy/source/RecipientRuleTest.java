package dovetail.policy.source;

import static org.assertj.core.api.Assertions.assertThat;

import dovetail.directory.Faulty;
import dovetail.directory.Town;
import dovetail.policy.rule.RecipientRule;
import dovetail.policy.rule.Recipients;
import dovetail.policy.rule.Refusal;
import dovetail.policy.rule.Residents;
import dovetail.policy.rule.Rule;
import dovetail.policy.wire.Stage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class RecipientRuleTest {
  private static final String NO = "550 5.1.1 no-such-recipient";

  private static final String TOWN =
      """
      domain example.com mailbox
      domain example.net alias-of example.com
      domain all.example mailbox catchall=joe@example.com
      domain off.example mailbox off
      domain relay.example relay subdomains
      domain other.example alias-of relay.example
      domain plain.example mailbox delimiters=
      mailbox joe@example.com
      mailbox deaf@example.com deaf
      mailbox deaf@all.example deaf
      mailbox joe@plain.example
      mailbox ann@off.example
      alias info@example.com joe@example.com
      alias out@example.com joe@foreign.example
      alias dead@example.com nobody@example.com
      alias unused@example.com joe@example.com off
      alias round@example.com about@example.com
      alias about@example.com round@example.com
      alias ann@relay.example ann@relay.example
      row canonical_maps Old@Example.com joe@example.com
      row recipient_canonical_maps moved@example.net joe@example.com
      row recipient_canonical_maps "x\u00c4 y"@example.com joe@example.com
      """;

  private static Rule rule(Recipients recipients) {
    return new RecipientRule(recipients, Refusal.with(550));
  }

  private static Rule usual() {
    return rule(new StoredRecipients(Town.of(TOWN)));
  }

  private static String verdict(Rule rule, String recipient) {
    return Verdict.of(rule, "protocol_state=RCPT recipient=" + recipient);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          joe@example.com         | passes
          JOE+x@EXAMPLE.NET       | passes
          info@example.com        | passes
          info+x@example.net      | passes
          out@example.com         | passes
          dead@example.com        | passes
          any@all.example         | passes
          ann@relay.example       | passes
          nobody@relay.example    | passes
          any@sub.relay.example   | passes
          ann@off.example         | passes
          any@foreign.example     | passes
          round@example.com       | abstains
          nobody@example.com      | refused
          nobody@example.net      | refused
          deaf@example.com        | refused
          deaf+x@example.net      | refused
          deaf@all.example        | refused
          unused@example.com      | refused
          joe+x@plain.example     | refused
          nobody@other.example    | refused
          joex@example.com        | refused
          """)
  void refusesAddressesOfOursThatDoNotExist(String recipient, String verdict) {
    assertThat(verdict(usual(), recipient)).isEqualTo(verdict.equals("refused") ? NO : verdict);
  }

  /** Postfix puts others in their place before it looks for them. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          old@example.com                             | passes
          old+x@example.com                           | passes
          moved@example.net                           | passes
          SRS0=abcd=T4=foreign.example=ann@example.com | passes
          SRS1=abcd=foreign.example==x@example.com    | passes
          old@example.net                             | refused
          moved@example.com                           | refused
          srs0@example.com                            | refused
          srs09@example.com                           | refused
          """)
  void whatIsRewrittenNeedNotExist(String recipient, String verdict) {
    assertThat(verdict(usual(), recipient)).isEqualTo(verdict.equals("refused") ? NO : verdict);
  }

  @Test
  void aWholeDomainMayBeRewritten() {
    Rule rule =
        rule(
            new StoredRecipients(
                Town.of(
                    "domain \u00fcber.example mailbox\nrow canonical_maps @\u00dcBER.example @x.example")));
    assertThat(verdict(rule, "any@xn--ber-goa.example")).isEqualTo("passes");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "postmaster", "nobody@", "@example.com", "nobody@[192.0.2.1]"})
  void whatIsNoAddressIsForPostfix(String recipient) {
    assertThat(verdict(usual(), recipient)).isEqualTo("passes");
  }

  @Test
  void megabytesAreForPostfix() {
    assertThat(verdict(usual(), "x".repeat(1 << 20) + "@example.com")).isEqualTo("passes");
    assertThat(verdict(usual(), "x".repeat(500) + "@example.com")).isEqualTo(NO);
  }

  @ParameterizedTest
  @EnumSource(Stage.class)
  void hasItsStage(Stage stage) {
    assertThat(Verdict.of(usual(), "recipient=nobody@example.com protocol_state=" + stage.word()))
        .isEqualTo(stage == Stage.RCPT ? NO : "not now");
  }

  @Test
  void standsAsideWhereNobodyCanSay() {
    assertThat(verdict(rule(Residents.NONE.recipients()), "nobody@example.com"))
        .isEqualTo("abstains");
    Faulty directory = new Faulty(Town.of(TOWN));
    Rule rule = rule(new StoredRecipients(directory));
    assertThat(verdict(rule, "nobody@example.com")).isEqualTo(NO);
    int calls = directory.calls();
    assertThat(calls).isGreaterThan(4);
    for (int i = 0; i < calls; i++) {
      int failing = i;
      directory.failing(call -> call == failing);
      assertThat(verdict(rule, "nobody@example.com")).as("call %d", i).isEqualTo("abstains");
    }
  }
}
