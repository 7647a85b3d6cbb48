package dovetail.policy.rule;

import static org.assertj.core.api.Assertions.assertThat;

import dovetail.policy.rule.AccessRule.Action;
import dovetail.policy.wire.Reply;
import dovetail.policy.wire.Stage;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The rules that know only what the administrator has written: access, recipients, size. */
class ListRulesTest {
  private static List<NamePattern> patterns(String texts) {
    return Arrays.stream(texts.split(" ", -1))
        .filter(text -> !text.isEmpty())
        .map(text -> NamePattern.parse(text).orElseThrow())
        .toList();
  }

  private static AccessRule access(Action action, String senders, String recipients) {
    return access(action, senders, recipients, "", "");
  }

  private static AccessRule access(
      Action action, String senders, String recipients, String helo, String names) {
    return new AccessRule(
        new AccessRule.Lists(
            patterns(senders), patterns(recipients), patterns(helo), patterns(names)),
        action,
        Refusal.with(554));
  }

  private static boolean refuses(Rule rule, String attributes) {
    return rule.judge(Asked.facts(attributes)) instanceof Ruling.Refuses;
  }

  @Test
  void doesWhatIsToBeDone() {
    String ann = "protocol_state=RCPT sender=ann@example.com";
    assertThat(access(Action.ALLOW, "example.com", "").judge(Asked.facts(ann)))
        .isEqualTo(new Ruling.Allows("on the list"));
    assertThat(access(Action.REFUSE, "example.com", "").judge(Asked.facts(ann)))
        .isEqualTo(
            new Ruling.Refuses(
                Reason.ACCESS, new Reply.Refuse(554, "5.7.1", "not accepted here"), "on the list"));
    assertThat(access(Action.HOLD, "example.com", "").judge(Asked.facts(ann)))
        .isEqualTo(new Ruling.Adds(Reason.ACCESS, new Reply.Hold("access list"), "on the list"));
    assertThat(access(Action.REFUSE, "example.org", "").judge(Asked.facts(ann)))
        .isEqualTo(new Ruling.Passes("not on the list"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          sender=ann@one.example recipient=bob@two.example              | true
          sender=ann@one.example recipient=bob@three.example            | false
          sender=ann@three.example recipient=bob@two.example            | false
          sender=ann@one.example recipient=                             | false
          sender= recipient=bob@two.example                             | false
          sender=ann recipient=bob@two.example                          | false
          protocol_state=RCPT sender= recipient=bob@two.example         | true
          protocol_state=CONNECT sender= recipient=bob@two.example      | false
          protocol_state=RCPT sender=<> recipient=bob@two.example       | false
          request=smtpd_access_policy                                   | false
          """)
  void allPartsMustFit(String attributes, boolean refused) {
    Rule rule = access(Action.REFUSE, "one.example <>", "two.example");
    assertThat(refuses(rule, attributes)).isEqualTo(refused);
  }

  @ParameterizedTest
  @CsvSource({
    "helo_name=mail.bad.example client_name=mail.bad.example, true",
    "helo_name=MAIL.bad.example. client_name=x.bad.example, true",
    "helo_name=mail.bad.example client_name=unknown, false",
    "helo_name=mail.bad.example reverse_client_name=mail.bad.example, false",
    "helo_name=bad.example client_name=mail.bad.example, false",
    "helo_name=[192.0.2.1] client_name=mail.bad.example, false",
    "helo_name= client_name=mail.bad.example, false",
    "client_name=mail.bad.example, false",
  })
  void namesMustBeVerified(String attributes, boolean refused) {
    Rule rule = access(Action.REFUSE, "", "", "mail.bad.example", "*.bad.example");
    assertThat(refuses(rule, attributes)).isEqualTo(refused);
  }

  @Test
  void anEmptyListIsForEverybody() {
    assertThat(refuses(access(Action.REFUSE, "", ""), "request=x")).isTrue();
  }

  @Test
  void isAskedWhereItsPartsAreKnown() {
    assertThat(access(Action.HOLD, "", "", "a.example", "").needs())
        .contains(Stage.CONNECT, Stage.RCPT);
    assertThat(access(Action.HOLD, "a.example", "").needs())
        .containsExactlyInAnyOrder(Stage.MAIL, Stage.RCPT, Stage.DATA);
  }

  @ParameterizedTest
  @CsvSource({
    "recipient_count=2, false",
    "recipient_count=3, true",
    "recipient_count=99999999999, true",
    "recipient_count=0, false",
    "recipient_count=-3, false",
    "recipient_count=, false",
    "recipient_count=3x, false",
    "recipient=a@b, false",
  })
  void countsRecipients(String attributes, boolean refused) {
    assertThat(refuses(new RecipientsRule(2, Refusal.with(550)), attributes)).isEqualTo(refused);
  }

  @ParameterizedTest
  @CsvSource({
    "size=1000, false",
    "size=1001, true",
    "size=999999999999999999, true",
    "size=9999999999999999999, false",
    "size=0, false",
    "size=, false",
    "size=-1001, false",
    "size=1001b, false",
    "sender=1001, false",
  })
  void countsBytes(String attributes, boolean refused) {
    Rule rule = new SizeRule(1000, Refusal.with(552));
    assertThat(refuses(rule, attributes + " protocol_state=RCPT")).isEqualTo(refused);
    assertThat(refuses(rule, attributes + " protocol_state=END-OF-MESSAGE")).isEqualTo(refused);
  }

  @Test
  void countersAreAskedWhereTheyKnow() {
    assertThat(new RecipientsRule(2, Refusal.with(550)).needs())
        .containsExactlyInAnyOrder(Stage.DATA, Stage.END_OF_MESSAGE);
  }

  /** It is of use where announced sizes are told, too. */
  @Test
  void sizesAreLookedAtWhereTheyAreAnnounced() {
    SizeRule rule = new SizeRule(1_000, Refusal.with(552));
    for (Stage stage : rule.needs()) {
      assertThat(refuses(rule, "size=1001 protocol_state=" + stage.word())).isTrue();
    }
    assertThat(rule.needs())
        .containsExactlyInAnyOrder(Stage.MAIL, Stage.RCPT, Stage.DATA, Stage.END_OF_MESSAGE);
  }
}
