package dovetail.policy.source;

import static org.assertj.core.api.Assertions.assertThat;

import dovetail.directory.Faulty;
import dovetail.directory.MapDirectory;
import dovetail.directory.Town;
import dovetail.policy.rule.Asked;
import dovetail.policy.rule.Facts;
import dovetail.policy.rule.MessageSoFar;
import dovetail.policy.rule.Refusal;
import dovetail.policy.rule.Residents;
import dovetail.policy.rule.Rule;
import dovetail.policy.rule.Ruling;
import dovetail.policy.rule.SenderLoginRule;
import dovetail.policy.rule.SenderLoginRule.Foreign;
import dovetail.policy.rule.SenderLoginRule.Unproven;
import dovetail.policy.rule.Senders;
import dovetail.policy.wire.Reply;
import dovetail.policy.wire.Request;
import dovetail.policy.wire.Stage;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SenderLoginRuleTest {
  private static final String TOWN =
      """
      domain example.com mailbox
      domain example.net alias-of example.com
      domain all.example mailbox catchall=kim@example.com
      domain off.example mailbox off
      domain relay.example relay subdomains
      domain plain.example mailbox delimiters=
      mailbox joe@example.com
      mailbox kim@example.com
      mailbox root@example.com
      mailbox "a b"@example.com
      mailbox mute@example.com dumb
      mailbox ann@off.example
      mailbox joe@plain.example
      alias info@example.com joe@example.com;kim+x@example.com;mute@example.com
      alias deep@example.com info@example.net
      alias members@example.com joe@example.com;kim@example.com list
      alias quiet@example.com joe@example.com off
      alias ann@relay.example joe@example.com
      grant members@example.com kim@example.com
      grant ceo@customer.example joe@example.com
      grant @partner.example joe@example.com
      grant * root@example.com
      """;

  private static SenderLoginRule rule(Senders senders, Unproven unproven, Foreign foreign) {
    return new SenderLoginRule(senders, unproven, foreign, Refusal.with(553));
  }

  private static Rule usual(String town) {
    return rule(new StoredSenders(Town.of(town)), Unproven.NONE, Foreign.REFUSE);
  }

  private static String verdict(Rule rule, String login, String sender) {
    return Verdict.of(rule, "protocol_state=RCPT sender=" + sender + " sasl_username=" + login);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      textBlock =
          """
          joe@example.com  | joe@example.com        | passes
          JOE@Example.COM  | Joe@EXAMPLE.com        | passes
          joe@example.com  | joe+list@example.com   | passes
          joe@example.com  | joe@example.net        | passes
          joe@example.com  | joe+x@example.net      | passes
          joe@example.com  | info@example.com       | passes
          joe@example.com  | deep+x@example.com     | passes
          kim@example.com  | info@example.net       | passes
          joe@example.com  | ann@relay.example      | passes
          joe@example.com  | ceo@customer.example   | passes
          joe@example.com  | who@partner.example    | passes
          kim@example.com  | members@example.com    | passes
          kim@example.com  | nobody@all.example     | passes
          root@example.com | kim@example.com        | passes
          root@example.com | any@foreign.example    | passes
          root@example.com | ann@off.example        | passes
          joe@example.com  | kim@example.com        | refused
          joe@example.com  | members@example.com    | refused
          joe@example.com  | quiet@example.com      | refused
          joe@example.com  | nobody@example.com     | refused
          joe@example.com  | nobody@all.example     | refused
          joe@example.com  | other@customer.example | refused
          joe@example.com  | joe@sub.partner.example | refused
          joe@example.com  | joe@foreign.example    | refused
          joe@example.com  | other@relay.example    | refused
          joe@example.com  | ann@off.example        | refused
          joe@example.com  | joe@plain.example      | refused
          joe@plain.example | joe+x@plain.example   | refused
          joe@example.net  | joe@example.com        | refused
          mute@example.com | mute@example.com       | refused
          mute@example.com | info@example.com       | refused
          nobody@example.com | nobody@example.com   | refused
          joe              | joe@example.com        | refused
          joe@foreign.example | joe@foreign.example | refused
          """)
  void letsALoginUseWhatItOwns(String login, String sender, String verdict) {
    assertThat(verdict(usual(TOWN), login, sender))
        .isEqualTo(verdict.equals("refused") ? "553 5.7.1 sender-login" : verdict);
  }

  /** Where Postfix would make an address of it at myorigin, which may be ours. */
  @ParameterizedTest
  @ValueSource(
      strings = {"root", "kim@", "@example.com", "kim@[192.0.2.1]", "kim@example.com.", "a@b@c"})
  void whatIsNoAddressIsNobodys(String sender) {
    for (Foreign foreign : Foreign.values()) {
      Rule rule = rule(new StoredSenders(Town.of(TOWN)), Unproven.REFUSE, foreign);
      assertThat(verdict(rule, "joe@example.com", sender)).isEqualTo("553 5.7.1 sender-login");
      assertThat(verdict(rule, "", sender)).isEqualTo("passes");
    }
  }

  @Test
  void aLoginMayHaveSpaces() {
    Ruling ruling =
        usual(TOWN)
            .judge(
                Facts.of(
                    new Request.Builder()
                        .put("protocol_state", "MAIL")
                        .put("sender", "\"a b\"@example.com")
                        .put("sasl_username", "\"A B\"@example.com")
                        .build(),
                    new MessageSoFar(),
                    Instant.EPOCH));
    assertThat(ruling).isInstanceOf(Ruling.Passes.class);
  }

  @Test
  void saysToWhomItDoesNotBelong() {
    assertThat(
            usual(TOWN)
                        .judge(
                            Asked.facts(
                                "protocol_state=MAIL sender=kim@example.com sasl_username=JOE@example.com"))
                    instanceof Ruling.Refuses(_, Reply reply, String saw)
                ? reply.action() + "; " + saw
                : "")
        .isEqualTo(
            "553 5.7.1 not owned by user joe@example.com; joe@example.com may not use"
                + " kim@example.com");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          any@foreign.example    | passes
          other@customer.example | passes
          kim@example.com        | refused
          nobody@example.net     | refused
          other@relay.example    | refused
          ann@off.example        | refused
          """)
  void foreignSendersMayBeAllowed(String sender, String verdict) {
    Rule rule = rule(new StoredSenders(Town.of(TOWN)), Unproven.NONE, Foreign.ALLOW);
    assertThat(verdict(rule, "joe@example.com", sender))
        .isEqualTo(verdict.equals("refused") ? "553 5.7.1 sender-login" : verdict);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          joe@example.com      | refused
          nobody@example.net   | refused
          any@all.example      | refused
          ann@relay.example    | passes
          ann@off.example      | passes
          ceo@customer.example | passes
          any@foreign.example  | passes
          """)
  void strangersMayBeRefusedOurNames(String sender, String verdict) {
    StoredSenders senders = new StoredSenders(Town.of(TOWN));
    assertThat(verdict(rule(senders, Unproven.REFUSE, Foreign.REFUSE), "", sender))
        .isEqualTo(verdict.equals("refused") ? "553 5.7.1 sender-unproven" : verdict);
    assertThat(verdict(rule(senders, Unproven.NONE, Foreign.REFUSE), "", sender))
        .isEqualTo("passes");
  }

  @Test
  void theNullSenderIsEverybodys() {
    Rule rule = rule(new StoredSenders(Town.of(TOWN)), Unproven.REFUSE, Foreign.REFUSE);
    for (String sender : Set.of(" sender=", "")) {
      assertThat(Verdict.of(rule, "protocol_state=RCPT sasl_username=joe@example.com" + sender))
          .isEqualTo("passes");
      assertThat(Verdict.of(rule, "protocol_state=MAIL" + sender)).isEqualTo("passes");
    }
  }

  @ParameterizedTest
  @EnumSource(Stage.class)
  void hasItsStages(Stage stage) {
    boolean on =
        EnumSet.of(Stage.MAIL, Stage.RCPT, Stage.DATA, Stage.END_OF_MESSAGE).contains(stage);
    assertThat(
            Verdict.of(
                usual(TOWN),
                "sender=kim@example.com sasl_username=joe@example.com protocol_state="
                    + stage.word()))
        .isEqualTo(on ? "553 5.7.1 sender-login" : "not now");
  }

  @Test
  void standsAsideWhereNobodyCanSay() {
    MapDirectory directory = Town.of(TOWN);
    directory.unavailable(Optional.of("away"));
    for (Senders senders : Set.of(new StoredSenders(directory), Residents.NONE.senders())) {
      Rule rule = rule(senders, Unproven.REFUSE, Foreign.ALLOW);
      assertThat(verdict(rule, "joe@example.com", "kim@example.com")).isEqualTo("abstains");
      assertThat(verdict(rule, "", "kim@example.com")).isEqualTo("abstains");
    }
    Faulty second = new Faulty(Town.of(TOWN));
    Rule rule = rule(new StoredSenders(second), Unproven.NONE, Foreign.ALLOW);
    assertThat(verdict(rule, "joe@example.com", "any@foreign.example")).isEqualTo("passes");
    int calls = second.calls();
    for (int i = 0; i < calls; i++) {
      int failing = i;
      second.failing(call -> call == failing);
      assertThat(verdict(rule, "joe@example.com", "any@foreign.example")).isEqualTo("abstains");
    }
  }

  @Test
  void standsAsideIfTooManyAreBehindASender() {
    String members =
        IntStream.range(0, 1001)
            .mapToObj(i -> "member" + i + "@example.com")
            .collect(Collectors.joining(";"));
    String town = "domain example.com mailbox\nalias all@example.com " + members;
    assertThat(verdict(usual(town), "joe@example.com", "all@example.com")).isEqualTo("abstains");
  }

  @Test
  void megabytesAreNobodys() {
    String much = "x".repeat(1 << 20);
    Rule rule = rule(new StoredSenders(Town.of(TOWN)), Unproven.REFUSE, Foreign.ALLOW);
    assertThat(verdict(rule, "joe@example.com", much + "@example.com"))
        .isEqualTo("553 5.7.1 sender-login");
    assertThat(verdict(rule, much, "joe@example.com")).isEqualTo("553 5.7.1 sender-login");
    assertThat(verdict(rule, "", much)).isEqualTo("passes");
  }
}
