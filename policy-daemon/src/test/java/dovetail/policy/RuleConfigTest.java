package dovetail.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dovetail.config.ConfigException;
import dovetail.policy.rule.Asked;
import dovetail.policy.rule.Breaker;
import dovetail.policy.rule.Mode;
import dovetail.policy.rule.NamedRule;
import dovetail.policy.rule.Refusal;
import dovetail.policy.rule.Ruling;
import dovetail.policy.rule.Scope;
import dovetail.policy.wire.Reply;
import dovetail.server.Network;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RuleConfigTest {
  @TempDir private Path folder;

  private RuleConfig read(String table) throws Exception {
    return Written.rule(folder, table);
  }

  private Reply reply(String table, String attributes) throws Exception {
    NamedRule rule = read(table).rule(Tools.plain(), List.of());
    return rule.rule().judge(Asked.facts(attributes)) instanceof Ruling.Refuses(_, Reply reply, _)
        ? reply
        : Reply.Dunno.DUNNO;
  }

  @Test
  void isOnForAllUnlessToldOtherwise() throws Exception {
    RuleConfig rule = read("type = 'recipients', most = 5");
    assertThat(rule.name()).isEqualTo("recipients");
    assertThat(rule.type()).isEqualTo(RuleType.RECIPIENTS);
    assertThat(rule.mode()).isEqualTo(Mode.ON);
    assertThat(rule.scope()).isEqualTo(Scope.ALL);
  }

  @Test
  void readsTheKeysThatAllHave() throws Exception {
    RuleConfig rule =
        read(
            "type = 'size', most = '1MiB', name = 'small-2_x', mode = 'shadow', login = 'no',"
                + " contexts = ['mx', 'mx', 'two'], clients = ['192.0.2.0/24', '2001:db8::/32'],"
                + " except_clients = ['192.0.2.9']");
    assertThat(rule.name()).isEqualTo("small-2_x");
    assertThat(rule.mode()).isEqualTo(Mode.SHADOW);
    assertThat(rule.scope())
        .isEqualTo(
            new Scope(
                Set.of("mx", "two"),
                Scope.Login.NO,
                List.of(Network.parse("192.0.2.0/24"), Network.parse("2001:db8::/32")),
                List.of(Network.parse("192.0.2.9"))));
    NamedRule made = rule.rule(Tools.plain(), List.of());
    assertThat(made.type()).isEqualTo("size");
    assertThat(made.mode()).isEqualTo(Mode.SHADOW);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "most = 5 | the key 'type' is missing",
        "type = 'spam' | expected one of \"access\", \"limit\"",
        "type = 'Size', most = '1MiB' | did you mean 'size'?",
        "type = 'sender_login' | did you mean 'sender-login'?",
        "type = 'size', most = '1MiB', factor = 2 | unknown key 'factor'",
        "type = 'size', most = '1MiB', nosuch = 2 | unknown key 'nosuch'",
        "type = 'size', most = '1MiB', mod = 'on' | did you mean 'mode'?",
        "type = 'size', most = '1MiB', mode = 'dry' | expected one of \"off\", \"shadow\", \"on\"",
        "type = 'size', most = '1MiB', mode = true | found the boolean true",
        "type = 'size', most = '1MiB', login = 'maybe' | expected one of \"any\", \"yes\", \"no\"",
        "type = 'size', most = '1MiB', contexts = 'mx' | expected a list",
        "type = 'size', most = '1MiB', contexts = [1] | expected a string",
        "type = 'size', most = '1MiB', clients = ['host.example'] | host names are not looked up",
        "type = 'size', most = '1MiB', clients = ['192.0.2.1/24'] | 192.0.2.0/24 is the network",
        "type = 'size', most = '1MiB', except_clients = ['::/129'] | must be from 0 to 128",
        "type = 'size', most = '1MiB', name = '' | expected a name of a-z, 0-9, _ and -",
        "type = 'size', most = '1MiB', name = 'A' | expected a name of",
        "type = 'size', most = '1MiB', name = '-a' | expected a name of",
        "type = 'size', most = '1MiB', name = 'a b' | expected a name of",
        "type = 'size', most = '1MiB', text = '' | expected one line of up to 300 characters",
        "type = 'size', most = '1MiB', text = 'j\u00fc' | all of them ASCII",
        "type = 'size', most = '1MiB', text = 'a\\nb' | expected one line",
        "type = 'size', most = '1MiB', code = 399 | expected an integer from 400 to 599, found 399",
        "type = 'size', most = '1MiB', code = '552' | expected an integer, found the string",
        "type = 'size' | the key 'most' is missing",
        "type = 'size', most = 1000 | expected a size with a unit such as \"1000B\"",
        "type = 'size', most = '1MB' | expected a size such as",
        "type = 'recipients' | the key 'most' is missing",
        "type = 'recipients', most = 0 | expected an integer from 1 to 1000000",
        "type = 'access' | the key 'action' is missing",
        "type = 'access', action = 'refused' | did you mean 'refuse'?",
        "type = 'access', action = 'ok' | expected one of \"allow\", \"refuse\", \"hold\"",
        "type = 'access', action = 'hold', senders = ['a b@c'] | expected user@domain, user@, domain",
        "type = 'access', action = 'hold', senders = ['@example.com'] | found \"@example.com\"",
        "type = 'access', action = 'hold', names = ['*'] | expected user@domain",
        "type = 'access', action = 'hold', recipients = 'example.com' | expected a list",
        "type = 'quota', grace = 101 | expected an integer from 0 to 100",
        "type = 'sender-login', unproven = 'allow' | expected one of \"refuse\", \"none\"",
        "type = 'sender-login', foreign = 'none' | expected one of \"refuse\", \"allow\"",
        "type = 'recipient', grace = 5 | unknown key 'grace'",
        "type = 'breaker', factor = 0 | expected an integer from 1 to 1000000",
        "type = 'breaker', ceiling = 0 | ceiling': expected an integer from 1 to 1000000",
        "type = 'breaker', ceiling = 99 | ceiling': expected at least 100, the number of"
            + " recipients, found 99",
        "type = 'breaker', recipients = 1001 | recipients': expected at most 1000, the ceiling"
            + " where none is set, found 1001",
        "type = 'breaker', suspend = 60 | expected a duration with a unit such as \"60s\"",
        "type = 'breaker', suspend = '0s' | suspend': expected at least \"1m\"",
        "type = 'breaker', suspend = '59s' | suspend': expected at least \"1m\"",
        "type = 'breaker', action = 'refuse' | expected one of \"defer\", \"hold\"",
      })
  void refuses(String table, String complaint) {
    assertThatThrownBy(() -> read(table))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("line 2")
        .hasMessageContaining(complaint);
  }

  @Test
  void namesHaveALength() throws Exception {
    String most = "n".repeat(64);
    assertThat(read("type = 'quota', name = '" + most + "'").name()).isEqualTo(most);
    assertThatThrownBy(() -> read("type = 'quota', name = '" + most + "n'"))
        .hasMessageContaining("expected a name");
    String text = "t".repeat(300);
    assertThat(read("type = 'quota', text = '" + text + "'").type()).isEqualTo(RuleType.QUOTA);
    assertThatThrownBy(() -> read("type = 'quota', text = '" + text + "t'"))
        .hasMessageContaining("expected one line of up to 300 characters");
  }

  @Test
  void refusesWithTheCodeAndTextThatAreSet() throws Exception {
    String size = "protocol_state=END-OF-MESSAGE size=1025";
    assertThat(reply("type = 'size', most = '1KiB'", size))
        .isEqualTo(new Reply.Refuse(552, "5.3.4", "no message of more than 1024 bytes"));
    assertThat(reply("type = 'size', most = '1KiB', code = 452, text = 'later'", size))
        .isEqualTo(new Reply.Refuse(452, "4.3.4", "later"));
    assertThat(reply("type = 'recipients', most = 2", "recipient_count=3"))
        .isEqualTo(new Reply.Refuse(550, "5.5.3", "no more than 2 recipients for one message"));
    assertThat(reply("type = 'access', action = 'refuse'", "sender="))
        .isEqualTo(new Reply.Refuse(554, "5.7.1", "not accepted here"));
  }

  @Test
  void aBreakerHasDefaults() throws Exception {
    assertThat(read("type = 'breaker'").maker())
        .isEqualTo(
            new BreakerConfig(
                "breaker",
                new Breaker(100, 50, 4, 1_000, 30, 8, Duration.ofHours(1)),
                false,
                new Refusal(450, Optional.empty())));
  }

  @Test
  void aBreakerHasAllItsKeys() throws Exception {
    assertThat(
            read("type = 'breaker', name = 'b', recipients = 1, domains = 2, factor = 3,"
                    + " ceiling = 6, refused = 4, networks = 5, suspend = '1m', action = 'hold', code = 451,"
                    + " text = 'wait'")
                .maker())
        .isEqualTo(
            new BreakerConfig(
                "b",
                new Breaker(1, 2, 3, 6, 4, 5, Duration.ofMinutes(1)),
                true,
                new Refusal(451, Optional.of("wait"))));
  }

  @Test
  void eachTypeHasItsWord() {
    assertThat(RuleType.SENDER_LOGIN.word()).isEqualTo("sender-login");
    assertThat(RuleType.ACCESS.needsDatabase()).isFalse();
    assertThat(RuleType.QUOTA.needsDatabase()).isTrue();
  }
}
