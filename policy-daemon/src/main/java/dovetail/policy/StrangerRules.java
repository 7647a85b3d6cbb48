package dovetail.policy;

import dovetail.config.ConfigException;
import dovetail.config.ConfigTable;
import dovetail.config.ConfigValue;
import dovetail.mail.Domain;
import dovetail.policy.rule.DnsList;
import dovetail.policy.rule.DnsblRule;
import dovetail.policy.rule.GreylistRule;
import dovetail.policy.rule.HeloRule;
import dovetail.policy.rule.Measure;
import dovetail.policy.rule.PtrRule;
import dovetail.policy.rule.Refusal;
import dovetail.policy.rule.SpfRule;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Reads the parameters of the rules for mail from strangers. */
final class StrangerRules {
  private static final Set<Measure> ALL = Set.of(Measure.values());

  private static final Duration SECOND = Duration.ofSeconds(1);

  private StrangerRules() {}

  static RuleConfig.Maker spf(ConfigTable table, String name) throws ConfigException {
    SpfRule.Settings settings =
        new SpfRule.Settings(
            measure(table, "fail", Measure.REJECT, ALL),
            measure(table, "softfail", Measure.MARK, ALL),
            measure(table, "permerror", Measure.MARK, ALL),
            measure(table, "temperror", Measure.NONE, Set.of(Measure.DEFER, Measure.NONE)),
            flag(table, "helo", true),
            flag(table, "header", true));
    Refusal refusal = RuleConfig.refusal(table, 550);
    return tools -> new SpfRule(tools.checks(), settings, refusal);
  }

  static RuleConfig.Maker dnsbl(ConfigTable table, String name) throws ConfigException {
    DnsblRule.Lists lists =
        new DnsblRule.Lists(
            lists(table, "lists"),
            lists(table, "domain_lists"),
            table.get("threshold", value -> value.asInteger(1, 100_000)).orElse(1));
    if (lists.clients().isEmpty() && lists.domains().isEmpty()) {
      throw table.error("expected 'lists' or 'domain_lists': nothing would ever be refused");
    }
    Refusal refusal = RuleConfig.refusal(table, 554);
    return tools -> new DnsblRule(tools.checks(), lists, refusal);
  }

  private static List<DnsList> lists(ConfigTable table, String key) throws ConfigException {
    return table.get(key, all -> all.asList(StrangerRules::list)).orElse(List.of());
  }

  private static DnsList list(ConfigValue value) throws ConfigException {
    String text = value.asString();
    return DnsList.parse(text)
        .orElseThrow(() ->
            value.error(
                "expected a list such as \"zen.spamhaus.org=127.0.0.[2..11]*3\", found \""
                    + text
                    + "\""));
  }

  static RuleConfig.Maker helo(ConfigTable table, String name) throws ConfigException {
    HeloRule.Settings settings =
        new HeloRule.Settings(
            flag(table, "own", true),
            flag(table, "address", true),
            flag(table, "literal", true),
            flag(table, "malformed", true),
            flag(table, "unqualified", false));
    Set<Domain> names =
        Set.copyOf(
            table.get("own_names", all -> all.asList(StrangerRules::domain)).orElse(List.of()));
    Refusal refusal = RuleConfig.refusal(table, 550);
    return tools -> new HeloRule(withOurs(names, tools), settings, refusal);
  }

  private static Set<Domain> withOurs(Set<Domain> names, RuleTools tools) {
    Set<Domain> all = new HashSet<>(names);
    Domain.parse(tools.checks().receiver()).ifPresent(all::add);
    return all;
  }

  private static Domain domain(ConfigValue value) throws ConfigException {
    String text = value.asString();
    return Domain.parse(text)
        .orElseThrow(() -> value.error("expected a domain, found \"" + text + "\""));
  }

  static RuleConfig.Maker ptr(ConfigTable table, String name) throws ConfigException {
    Set<Measure> allowed = Set.of(Measure.REJECT, Measure.DEFER, Measure.NONE);
    Measure missing = measure(table, "missing", Measure.DEFER, allowed);
    Measure mismatch = measure(table, "mismatch", Measure.NONE, allowed);
    Refusal refusal = RuleConfig.refusal(table, 550);
    return tools -> new PtrRule(tools.checks(), missing, mismatch, refusal);
  }

  static RuleConfig.Maker greylist(ConfigTable table, String name) throws ConfigException {
    GreylistRule.Settings settings =
        new GreylistRule.Settings(
            flag(table, "suspicious_only", true),
            new GreylistRule.Networks(
                number(table, "ipv4_prefix", 24, 8, 32), number(table, "ipv6_prefix", 64, 16, 128)),
            times(table),
            number(table, "auto_whitelist", 5, 0, 1_000_000));
    Optional<String> text = table.get("text", RuleConfig::text);
    return tools -> new GreylistRule(tools.checks(), tools.greylist(), settings, text);
  }

  private static GreylistRule.Times times(ConfigTable table) throws ConfigException {
    GreylistRule.Times times =
        new GreylistRule.Times(
            time(table, "delay", Duration.ofMinutes(5)),
            time(table, "retry_window", Duration.ofDays(2)),
            time(table, "expiry", Duration.ofDays(35)));
    if (times.delay().compareTo(times.retry()) >= 0
        || times.retry().compareTo(times.expiry()) > 0) {
      throw table.error(
          "expected 'delay' to be shorter than 'retry_window', and that no longer than 'expiry'");
    }
    return times;
  }

  private static Duration time(ConfigTable table, String key, Duration otherwise)
      throws ConfigException {
    Optional<ConfigValue> value = table.get(key);
    Duration time = value.isPresent() ? value.get().asDuration() : otherwise;
    if (value.isPresent() && time.compareTo(SECOND) < 0) {
      throw value.get().error("expected a second or more");
    }
    return time;
  }

  private static int number(ConfigTable table, String key, int otherwise, int min, int max)
      throws ConfigException {
    return table.get(key, value -> value.asInteger(min, max)).orElse(otherwise);
  }

  private static boolean flag(ConfigTable table, String key, boolean otherwise)
      throws ConfigException {
    return table.get(key, ConfigValue::asBoolean).orElse(otherwise);
  }

  private static Measure measure(
      ConfigTable table, String key, Measure otherwise, Set<Measure> allowed)
      throws ConfigException {
    return table.get(key, value -> measure(value, allowed)).orElse(otherwise);
  }

  private static Measure measure(ConfigValue value, Set<Measure> allowed) throws ConfigException {
    Measure measure = value.asChoice(Measure.class);
    if (!allowed.contains(measure)) {
      throw value.error(
          "expected one of %s here".formatted(new TreeSet<>(allowed)).toLowerCase(Locale.ROOT));
    }
    return measure;
  }
}
