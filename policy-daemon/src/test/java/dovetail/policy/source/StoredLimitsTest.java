package dovetail.policy.source;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import dovetail.counter.WindowKind;
import dovetail.counter.quota.Quota;
import dovetail.directory.edit.Kind;
import dovetail.directory.edit.MalformedFieldException;
import dovetail.directory.edit.Row;
import dovetail.policy.rule.LimitKey;
import dovetail.policy.rule.LimitSettings;
import dovetail.policy.rule.Refusal;
import dovetail.policy.rule.Unit;
import java.net.InetAddress;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class StoredLimitsTest {
  private final StoredLimits limits = new StoredLimits();

  /** Rows as "subject rule field=value". */
  private void rows(String... lines) {
    limits.replace(Arrays.stream(lines).map(StoredLimitsTest::row).toList());
  }

  private static Row row(String line) {
    List<String> words = List.of(line.split(" ", -1));
    Map<String, String> values = new HashMap<>();
    values.put("subject", words.get(0));
    values.put("rule", words.get(1));
    for (String word : words.subList(2, words.size())) {
      int equals = word.indexOf('=');
      values.put(word.substring(0, equals), word.substring(equals + 1));
    }
    return Row.stored(Kind.LIMIT, values);
  }

  private String of(String rule, String key) {
    return limits.of(rule, key).map(Quota::toString).orElse("-");
  }

  private String shared(String rule, String domain) {
    return limits.shared(rule, domain).map(Quota::toString).orElse("-");
  }

  @Test
  void areKnownOnceTheyWereRead() {
    assertThat(limits.isKnown()).isFalse();
    rows("ann@example.com out limits=1/1h");
    assertThat(limits.isKnown()).isTrue();
    StoredLimits none = new StoredLimits();
    none.areNone();
    assertThat(none.isKnown()).isTrue();
  }

  @Test
  void nothingIsSetAtFirst() {
    assertThat(of("out", "ann@example.com")).isEqualTo("-");
    assertThat(shared("out", "example.com")).isEqualTo("-");
    assertThat(limits.isBulk("ann@example.com")).isFalse();
  }

  /**
   * The rows are as {@code dovetail limit set} writes them, the keys as the rule counts clients.
   */
  @Test
  void aClientIsFoundByItsNetwork() throws MalformedFieldException {
    limits.replace(List.of(ofClient("192.0.2.9", "2/1h"), ofClient("2001:db8:0:1::/64", "3/1h")));
    LimitSettings.Prefixes prefixes = new LimitSettings.Prefixes(32, 64);
    assertThat(of("client", prefixes.network(InetAddress.ofLiteral("192.0.2.9"))))
        .isEqualTo("2/1h");
    assertThat(of("client", prefixes.network(InetAddress.ofLiteral("2001:db8:0:1::5"))))
        .isEqualTo("3/1h");
    assertThat(of("client", prefixes.network(InetAddress.ofLiteral("192.0.2.8")))).isEqualTo("-");
  }

  private static Row ofClient(String subject, String limit) throws MalformedFieldException {
    return Row.read(Kind.LIMIT, Map.of("subject", subject, "rule", "client", "limits", limit));
  }

  @Test
  void theAccountGoesBeforeItsDomainAndThatBeforeAll() {
    rows(
        "* out limits=1/1h",
        "example.com out limits=2/1h",
        "ann@example.com out limits=3/1h",
        "example.com other limits=4/1h");
    assertThat(of("out", "ann@example.com")).isEqualTo("3/1h");
    assertThat(of("out", "bob@example.com")).isEqualTo("2/1h");
    assertThat(of("out", "bob@sub.example.com")).isEqualTo("1/1h");
    assertThat(of("out", "ann")).isEqualTo("1/1h");
    assertThat(of("out", "example.com")).isEqualTo("2/1h");
    assertThat(of("out", "192.0.2.0/24")).isEqualTo("1/1h");
    assertThat(of("other", "ann@example.com")).isEqualTo("4/1h");
    assertThat(of("third", "ann@example.com")).isEqualTo("-");
  }

  @Test
  void aRowWithoutLimitsLeavesThemToTheNext() {
    rows("* out limits=1/1h", "example.com out shared=9/1d", "ann@example.com out bulk=yes");
    assertThat(of("out", "ann@example.com")).isEqualTo("1/1h");
    assertThat(shared("out", "example.com")).isEqualTo("9/1d");
    assertThat(shared("other", "example.com")).isEqualTo("-");
    assertThat(shared("out", "*")).isEqualTo("-");
  }

  @Test
  void unlimitedAndNoneAreLimits() {
    rows("* out limits=none", "example.com out limits=unlimited shared=none");
    assertThat(limits.of("out", "x@other.example")).contains(new Quota.None());
    assertThat(limits.of("out", "x@example.com")).contains(new Quota.Unlimited());
    assertThat(limits.shared("out", "example.com")).contains(new Quota.None());
  }

  @Test
  void bulkIsOfAccountsAndDomains() {
    rows("ann@example.com out bulk=yes", "big.example out bulk=yes", "bob@example.com out bulk=no");
    assertThat(limits.isBulk("ann@example.com")).isTrue();
    assertThat(limits.isBulk("bob@example.com")).isFalse();
    assertThat(limits.isBulk("any@big.example")).isTrue();
    assertThat(limits.isBulk("any@sub.big.example")).isFalse();
    assertThat(limits.isBulk("ann")).isFalse();
  }

  @Test
  void whatCannotBeReadIsNone() {
    Logger log = (Logger) LoggerFactory.getLogger("policy");
    log.setLevel(Level.OFF);
    try {
      rows("* out limits=1/1h", "ann@example.com out limits=lots shared=some");
    } finally {
      log.setLevel(null);
    }
    assertThat(of("out", "ann@example.com")).isEqualTo("1/1h");
  }

  private static LimitSettings rule(String name, LimitKey key) {
    return new LimitSettings(
        name,
        key,
        Unit.RECIPIENTS,
        WindowKind.SLIDING,
        new Quota.Unlimited(),
        new LimitSettings.Prefixes(32, 64),
        0,
        Refusal.with(450),
        ZoneOffset.UTC);
  }

  @Test
  void tellsWhatNoRuleLooksFor() {
    List<LimitSettings> rules =
        List.of(
            rule("out", LimitKey.SASL_USERNAME),
            rule("client", LimitKey.CLIENT_ADDRESS),
            rule("to", LimitKey.RECIPIENT_DOMAIN),
            rule("all", LimitKey.CONSTANT));
    rows(
        "* out limits=1/1h",
        "john.doe out limits=1/1h",
        "192.0.2.1 client limits=1/1h",
        "2001:db8:0:0:0:0:0:0/64 client limits=1/1h",
        "* client limits=1/1h",
        "example.com to limits=1/1h",
        "* all limits=1/1h",
        "ann@example.com gone bulk=yes");
    assertThat(limits.unfound(rules)).isEmpty();
    rows(
        "* out limits=1/1h",
        "192.0.2.0/24 client limits=1/1h",
        "2001:db8:0:0:0:0:0:5 client limits=1/1h",
        "2001:db8:0:0:0:0:0:0/48 client limits=1/1h",
        "ann@example.com client limits=1/1h",
        "ann@example.com to limits=1/1h",
        "example.com all limits=1/1h",
        "example.com gone shared=1/1h");
    assertThat(limits.unfound(rules))
        .containsExactly(
            "192.0.2.0/24 by rule client",
            "[2001:db8:0:0:0:0:0:0]/48 by rule client",
            "[2001:db8:0:0:0:0:0:5]/128 by rule client",
            "ann@example.com by rule client",
            "ann@example.com by rule to",
            "example.com by rule all",
            "example.com by rule gone");
  }

  @Test
  void whatIsReplacedIsGone() {
    rows("* out limits=1/1h", "ann@example.com out bulk=yes");
    rows();
    assertThat(limits.of("out", "x@example.com")).isEqualTo(Optional.empty());
    assertThat(limits.isBulk("ann@example.com")).isFalse();
  }
}
