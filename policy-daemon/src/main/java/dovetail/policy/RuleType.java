package dovetail.policy;

import dovetail.config.ConfigException;
import dovetail.config.ConfigTable;
import dovetail.policy.rule.AccessRule;
import dovetail.policy.rule.RecipientsRule;
import dovetail.policy.rule.Refusal;
import dovetail.policy.rule.SizeRule;
import java.util.List;
import java.util.Locale;

/** The kinds of rules that there are. */
@SuppressWarnings("ImmutableEnumChecker") // readers have no state, and the lists are List.of's
public enum RuleType {
  /** A list of the administrator's. */
  ACCESS(RuleType::access, "senders", "recipients", "helo", "names", "action", "code", "text"),
  /** A sending limit. */
  LIMIT(
      LimitConfig::read,
      "key",
      "unit",
      "kind",
      "limit",
      "ipv4_prefix",
      "ipv6_prefix",
      "warn",
      "code",
      "text"),
  /** Stops accounts whose sending is not like them. */
  BREAKER(
      BreakerConfig::read,
      "recipients",
      "domains",
      "factor",
      "refused",
      "networks",
      "suspend",
      "action",
      "code",
      "text"),
  /** The most recipients of one message. */
  RECIPIENTS(RuleType::recipients, "most", "code", "text"),
  /** The largest message. */
  SIZE(RuleType::size, "most", "code", "text");

  private final RuleConfig.Reader reader;
  private final List<String> keys;

  RuleType(RuleConfig.Reader reader, String... keys) {
    this.reader = reader;
    this.keys = List.of(keys);
  }

  /** The word in the configuration, in log lines and metrics. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The keys that only this type has, or some do. */
  List<String> keys() {
    return keys;
  }

  RuleConfig.Reader reader() {
    return reader;
  }

  private static RuleConfig.Maker access(ConfigTable table, String name) throws ConfigException {
    AccessRule.Lists lists =
        new AccessRule.Lists(
            RuleConfig.patterns(table, "senders"),
            RuleConfig.patterns(table, "recipients"),
            RuleConfig.patterns(table, "helo"),
            RuleConfig.patterns(table, "names"));
    AccessRule.Action action = table.require("action").asChoice(AccessRule.Action.class);
    Refusal refusal = RuleConfig.refusal(table, 554);
    return _ -> new AccessRule(lists, action, refusal);
  }

  private static RuleConfig.Maker recipients(ConfigTable table, String name)
      throws ConfigException {
    int most = table.require("most").asInteger(1, 1_000_000);
    Refusal refusal = RuleConfig.refusal(table, 550);
    return _ -> new RecipientsRule(most, refusal);
  }

  private static RuleConfig.Maker size(ConfigTable table, String name) throws ConfigException {
    long most = table.require("most").asSize();
    Refusal refusal = RuleConfig.refusal(table, 552);
    return _ -> new SizeRule(most, refusal);
  }
}
