package dovetail.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dovetail.config.ConfigException;
import dovetail.config.ConfigLoader;
import dovetail.dns.Answer;
import dovetail.dns.MapResolver;
import dovetail.dns.RecordType;
import dovetail.mail.Domain;
import dovetail.policy.rule.Asked;
import dovetail.policy.rule.Judgement;
import dovetail.policy.rule.Scope;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The tables of rules for strangers, as an administrator writes them. */
class StrangerRulesTest {
  private static final String CLIENT =
      "protocol_state=RCPT client_address=192.0.2.1 client_name=unknown sender=a@fail.example"
          + " recipient=bob@example.net helo_name=";
  private static final MapResolver RESOLVER =
      new MapResolver(Map.of())
          .with(RecordType.TXT, name("fail.example"), records("v=spf1 -all"))
          .with(
              RecordType.A,
              name("1.2.0.192.bad.example"),
              records(InetAddress.ofLiteral("127.0.0.2")));

  @TempDir private Path folder;

  private static Domain name(String text) {
    return Domain.parse(text).orElseThrow();
  }

  private static <T> Answer<T> records(T record) {
    return new Answer.Records<>(List.of(record), false);
  }

  private PolicySettings settings(String table) throws IOException, ConfigException {
    Path file = Files.writeString(folder.resolve("dovetail.toml"), "[[policy.rule]]\n" + table);
    return PolicySettings.of(ConfigLoader.load(file, List.of(PolicyConfig.SECTION)));
  }

  private String answer(String table, String attributes) throws IOException, ConfigException {
    RuleTools tools = Tools.asking(RESOLVER);
    PolicyService.State state = PolicyService.State.of(settings(table), tools);
    return Judgement.of(state.rules(), Asked.facts(attributes)).reply().action();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "type = 'spf'|550 5.7.23 SPF: fail.example does not designate 192.0.2.1",
        "type = 'spf'\\nfail = 'defer'|450 4.7.23 SPF",
        "type = 'spf'\\nfail = 'mark'\\nheader = false|PREPEND Received-SPF: fail",
        "type = 'spf'\\nfail = 'none'\\nheader = false|DUNNO",
        "type = 'spf'\\ncode = 554\\ntext = 'no'|554 5.7.23 no",
        "type = 'spf'\\nmode = 'off'|DUNNO",
        "type = 'dnsbl'\\nlists = ['bad.example=127.0.0.[2..11]*3']\\nthreshold = 3|554 5.7.1",
        "type = 'dnsbl'\\nlists = ['bad.example']\\nthreshold = 2|DUNNO",
        "type = 'dnsbl'\\ndomain_lists = ['bad.example']|DUNNO",
        "type = 'helo'|550 5.7.1 HELO: that is what this host is called",
        "type = 'helo'\\nown = false|DUNNO",
        "type = 'ptr'|450 4.7.25 your address has no name",
        "type = 'ptr'\\nmissing = 'reject'|550 5.7.25 your address has no name",
        "type = 'ptr'\\nmissing = 'none'|DUNNO",
        "type = 'greylist'|DUNNO",
        "type = 'ptr'\\nlogin = 'yes'|DUNNO",
      })
  void doWhatTheyAreWrittenToDo(String table, String answer) throws Exception {
    assertThat(answer(lines(table), CLIENT + "mx.example.net")).startsWith(answer);
  }

  private static String lines(String text) {
    return text.replace("\\n", "\n").replace('\'', '"');
  }

  @ParameterizedTest
  @ValueSource(strings = {"spf", "dnsbl", "helo", "ptr", "greylist"})
  void areNotForWhoHasLoggedInUnlessThatIsWanted(String type) throws Exception {
    String table = "type = \"%s\"\n".formatted(type);
    String lists = type.equals("dnsbl") ? "lists = [\"bad.example\"]\n" : "";
    assertThat(settings(table + lists).rules().getFirst().scope().login())
        .isEqualTo(Scope.Login.NO);
    assertThat(settings(table + lists + "login = \"any\"\n").rules().getFirst().scope().login())
        .isEqualTo(Scope.Login.ANY);
    assertThat(answer(table + lists, CLIENT + "mx.example.net sasl_username=ann"))
        .isEqualTo("DUNNO");
  }

  @Test
  void otherRulesAreForEverybody() throws Exception {
    assertThat(settings("type = \"size\"\nmost = \"1MiB\"\n").rules().getFirst().scope().login())
        .isEqualTo(Scope.Login.ANY);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "type = 'spf'\\nfail = 'refuse'|expected one of",
        "type = 'spf'\\ntemperror = 'reject'|expected one of [defer, none] here",
        "type = 'spf'\\nlists = []|unknown key 'lists'",
        "type = 'dnsbl'|expected 'lists' or 'domain_lists'",
        "type = 'dnsbl'\\nlists = ['a b']|expected a list such as",
        "type = 'dnsbl'\\nlists = ['a.example']\\nthreshold = 0|from 1 to",
        "type = 'helo'\\nown_names = ['a b']|expected a domain",
        "type = 'ptr'\\nmissing = 'mark'|expected one of [reject, defer, none] here",
        "type = 'greylist'\\ndelay = '3d'|expected 'delay' to be shorter",
        "type = 'greylist'\\nexpiry = '1d'|expected 'delay' to be shorter",
        "type = 'greylist'\\ndelay = '1ms'|expected a second or more",
        "type = 'greylist'\\nipv4_prefix = 33|from 8 to 32",
        "type = 'greylist'\\ncode = 450|unknown key 'code'",
      })
  void whatIsWrittenWrongIsTold(String table, String complaint) {
    assertThatThrownBy(() -> settings(lines(table)))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(complaint);
  }
}
