package dovetail.policy;

import dovetail.config.ConfigException;
import dovetail.config.ConfigTable;
import dovetail.config.ConfigValue;
import dovetail.counter.WindowKind;
import dovetail.counter.quota.Quota;
import dovetail.policy.rule.LimitDemands;
import dovetail.policy.rule.LimitKey;
import dovetail.policy.rule.LimitRule;
import dovetail.policy.rule.LimitSettings;
import dovetail.policy.rule.Refusal;
import dovetail.policy.rule.Rule;
import dovetail.policy.rule.Unit;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The parameters of a rule of type {@code limit}.
 *
 * @param name the rule's name
 * @param quota what each key may for which nothing else is set
 * @param prefixes for client addresses
 * @param warnPercent at which use the log says so; 0 for never
 */
public record LimitConfig(
    String name,
    LimitKey key,
    Unit unit,
    WindowKind kind,
    Quota quota,
    LimitSettings.Prefixes prefixes,
    int warnPercent,
    Refusal refusal)
    implements RuleConfig.Maker {
  private static final int IPV4_PREFIX = 32;
  private static final int IPV6_PREFIX = 64;
  private static final int WARN_PERCENT = 80;

  static RuleConfig.Maker read(ConfigTable table, String name) throws ConfigException {
    WindowKind kind =
        table.get("kind", word -> word.asChoice(WindowKind.class)).orElse(WindowKind.SLIDING);
    Unit unit = table.get("unit", word -> word.asChoice(Unit.class)).orElse(Unit.RECIPIENTS);
    return new LimitConfig(
        name,
        key(table.require("key")),
        unit,
        kind,
        quota(table.require("limit"), kind, unit),
        new LimitSettings.Prefixes(
            table.get("ipv4_prefix", value -> value.asInteger(0, 32)).orElse(IPV4_PREFIX),
            table.get("ipv6_prefix", value -> value.asInteger(0, 128)).orElse(IPV6_PREFIX)),
        table.get("warn", value -> value.asInteger(0, 100)).orElse(WARN_PERCENT),
        RuleConfig.refusal(table, 450));
  }

  /** By the names of Postfix's attributes, which have underscores. */
  private static LimitKey key(ConfigValue value) throws ConfigException {
    String text = value.asString();
    for (LimitKey key : LimitKey.values()) {
      if (key.word().equals(text)) {
        return key;
      }
    }
    throw value.error(
        "expected one of %s, found \"%s\""
            .formatted(
                Arrays.stream(LimitKey.values())
                    .map(LimitKey::word)
                    .collect(Collectors.joining(", ")),
                text));
  }

  private static Quota quota(ConfigValue value, WindowKind kind, Unit unit) throws ConfigException {
    String text = value.asString();
    Quota quota =
        unit.quota(text)
            .orElseThrow(() ->
                value.error(
                    "expected a limit such as \"%s\", \"unlimited\" or \"none\", found \"%s\""
                        .formatted(unit.example(), text)));
    Optional<String> complaint = kind.complaint(quota);
    if (complaint.isPresent()) {
      throw value.error(complaint.get());
    }
    return quota;
  }

  /** What the rule works with, where days begin in that zone. */
  public LimitSettings settings(ZoneId zone) {
    return new LimitSettings(name, key, unit, kind, quota, prefixes, warnPercent, refusal, zone);
  }

  @Override
  public Rule make(RuleTools tools) {
    LimitSettings settings = settings(tools.zone());
    return new LimitRule(
        settings,
        tools.counters(),
        new LimitDemands(settings, tools.limits(), tools.hosted()),
        tools.warnings());
  }
}
