package dovetail.policy;

import dovetail.config.ConfigException;
import dovetail.config.ConfigTable;
import dovetail.config.ConfigValue;
import dovetail.policy.rule.Breaker;
import dovetail.policy.rule.BreakerRule;
import dovetail.policy.rule.Refusal;
import dovetail.policy.rule.Rule;
import java.time.Duration;

/**
 * The parameters of a rule of type {@code breaker}.
 *
 * @param hold whether mail of a stopped account waits in the hold queue
 */
record BreakerConfig(String name, Breaker breaker, boolean hold, Refusal refusal)
    implements RuleConfig.Maker {
  private enum Action {
    DEFER,
    HOLD
  }

  static RuleConfig.Maker read(ConfigTable table, String name) throws ConfigException {
    Breaker breaker =
        new Breaker(
            number(table, "recipients", 100),
            number(table, "domains", 50),
            number(table, "factor", 4),
            number(table, "refused", 30),
            number(table, "networks", 8),
            table.get("suspend", ConfigValue::asDuration).orElse(Duration.ofHours(1)));
    boolean hold =
        table.get("action", word -> word.asChoice(Action.class)).orElse(Action.DEFER)
            == Action.HOLD;
    return new BreakerConfig(name, breaker, hold, RuleConfig.refusal(table, 450));
  }

  private static int number(ConfigTable table, String key, int usual) throws ConfigException {
    return table.get(key, value -> value.asInteger(1, 1_000_000)).orElse(usual);
  }

  @Override
  public Rule make(RuleTools tools) {
    return new BreakerRule(
        new BreakerRule.Settings(name, breaker, hold, refusal, tools.zone()),
        new BreakerRule.Parts(
            tools.suspensions(),
            tools.history(),
            tools.activities(),
            tools.limits(),
            tools.hosted()));
  }
}
