package dovetail.policy;

import dovetail.config.ConfigException;
import dovetail.config.ConfigTable;
import dovetail.policy.rule.AccessRule;
import dovetail.policy.rule.QuotaRule;
import dovetail.policy.rule.RecipientRule;
import dovetail.policy.rule.RecipientsRule;
import dovetail.policy.rule.Refusal;
import dovetail.policy.rule.Scope;
import dovetail.policy.rule.SenderLoginRule;
import dovetail.policy.rule.SizeRule;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

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
      "ceiling",
      "refused",
      "networks",
      "suspend",
      "action",
      "code",
      "text"),
  /** The most recipients of one message. */
  RECIPIENTS(RuleType::recipients, "most", "code", "text"),
  /** The largest message. */
  SIZE(RuleType::size, "most", "code", "text"),
  /** Nobody sends in a name that is another's. */
  SENDER_LOGIN(RuleType::senderLogin, "unproven", "foreign", "code", "text"),
  /** No mail for addresses of ours that do not exist. */
  RECIPIENT(RuleType::recipient, "code", "text"),
  /** No mail for mailboxes that are full. */
  QUOTA(RuleType::quota, "grace", "code", "text"),
  /** SPF. */
  SPF(
      StrangerRules::spf,
      "fail",
      "softfail",
      "permerror",
      "temperror",
      "helo",
      "header",
      "code",
      "text"),
  /** Lists of the DNS. */
  DNSBL(StrangerRules::dnsbl, "lists", "domain_lists", "threshold", "code", "text"),
  /** What clients call themselves. */
  HELO(
      StrangerRules::helo,
      "own",
      "own_names",
      "address",
      "literal",
      "malformed",
      "unqualified",
      "code",
      "text"),
  /** The names of clients' addresses. */
  PTR(StrangerRules::ptr, "missing", "mismatch", "code", "text"),
  /** Who is new has to come again. */
  GREYLIST(
      StrangerRules::greylist,
      "suspicious_only",
      "delay",
      "retry_window",
      "expiry",
      "auto_whitelist",
      "ipv4_prefix",
      "ipv6_prefix",
      "text");

  /** Those that ask what is hosted, for which there must be a database. */
  private static final Set<RuleType> OF_RESIDENTS =
      Collections.unmodifiableSet(EnumSet.of(SENDER_LOGIN, RECIPIENT, QUOTA));

  /** Who has logged in is not asked about by these, unless that is wanted. */
  private static final Set<RuleType> FOR_STRANGERS = Set.of(SPF, DNSBL, HELO, PTR, GREYLIST);

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

  /** Whether such a rule asks the database, and has nothing to say without one. */
  public boolean needsDatabase() {
    return OF_RESIDENTS.contains(this);
  }

  /** For whom rules of this type are where the table does not say it. */
  Scope.Login login() {
    return FOR_STRANGERS.contains(this) ? Scope.Login.NO : Scope.Login.ANY;
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

  private static RuleConfig.Maker senderLogin(ConfigTable table, String name)
      throws ConfigException {
    SenderLoginRule.Unproven unproven =
        table
            .get("unproven", word -> word.asChoice(SenderLoginRule.Unproven.class))
            .orElse(SenderLoginRule.Unproven.NONE);
    SenderLoginRule.Foreign foreign =
        table
            .get("foreign", word -> word.asChoice(SenderLoginRule.Foreign.class))
            .orElse(SenderLoginRule.Foreign.REFUSE);
    Refusal refusal = RuleConfig.refusal(table, 553);
    return tools -> new SenderLoginRule(tools.residents().senders(), unproven, foreign, refusal);
  }

  private static RuleConfig.Maker recipient(ConfigTable table, String name) throws ConfigException {
    Refusal refusal = RuleConfig.refusal(table, 550);
    return tools -> new RecipientRule(tools.residents().recipients(), refusal);
  }

  private static RuleConfig.Maker quota(ConfigTable table, String name) throws ConfigException {
    int grace = table.get("grace", percent -> percent.asInteger(0, 100)).orElse(5);
    Refusal refusal = RuleConfig.refusal(table, 452);
    return tools ->
        new QuotaRule(tools.residents().recipients(), tools.residents().rooms(), grace, refusal);
  }
}
