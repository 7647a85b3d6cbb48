package dovetail.policy;

import dovetail.config.ConfigException;
import dovetail.config.ConfigTable;
import dovetail.config.ConfigValue;
import dovetail.policy.rule.Breaker;
import dovetail.policy.rule.BreakerRule;
import dovetail.policy.rule.Refusal;
import dovetail.policy.rule.Rule;
import java.time.Duration;
import java.util.Optional;

/**
 * The parameters of a rule of type {@code breaker}.
 *
 * @param hold whether mail of a stopped account waits in the hold queue
 */
record BreakerConfig(String name, Breaker breaker, boolean hold, Refusal refusal)
    implements RuleConfig.Maker {
  private static final int CEILING = 1_000;

  /** A shorter one would stop nobody. */
  private static final Duration LEAST = Duration.ofMinutes(1);

  private enum Action {
    DEFER,
    HOLD
  }

  static RuleConfig.Maker read(ConfigTable table, String name) throws ConfigException {
    int recipients = number(table, "recipients", 100);
    Breaker breaker =
        new Breaker(
            recipients,
            number(table, "domains", 50),
            number(table, "factor", 4),
            ceiling(table, recipients),
            number(table, "refused", 30),
            number(table, "networks", 8),
            table.get("suspend", BreakerConfig::suspend).orElse(Duration.ofHours(1)));
    boolean hold =
        table.get("action", word -> word.asChoice(Action.class)).orElse(Action.DEFER)
            == Action.HOLD;
    return new BreakerConfig(name, breaker, hold, RuleConfig.refusal(table, 450));
  }

  /** Where it is not set, the complaint is at the recipients, which are too many for it. */
  private static int ceiling(ConfigTable table, int recipients) throws ConfigException {
    Optional<ConfigValue> own = table.get("ceiling");
    int ceiling = number(table, "ceiling", CEILING);
    if (ceiling < recipients && own.isPresent()) {
      throw own.get()
          .error(
              "expected at least %d, the number of recipients, found %d"
                  .formatted(recipients, ceiling));
    }
    if (ceiling < recipients) {
      throw table
          .require("recipients")
          .error(
              "expected at most %d, the ceiling where none is set, found %d"
                  .formatted(ceiling, recipients));
    }
    return ceiling;
  }

  private static Duration suspend(ConfigValue value) throws ConfigException {
    Duration time = value.asDuration();
    if (time.compareTo(LEAST) < 0) {
      throw value.error("expected at least \"1m\"");
    }
    return time;
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
