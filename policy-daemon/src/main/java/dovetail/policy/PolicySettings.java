package dovetail.policy;

import dovetail.config.Settings;
import java.time.Duration;
import java.util.List;

/**
 * The service's settings, as it takes them.
 *
 * @param requestTimeout how long a request and its answer may take to pass
 * @param idleTimeout how long the client may be silent between requests
 * @param rules in the order in which they are asked
 */
public record PolicySettings(
    Duration requestTimeout, Duration idleTimeout, List<RuleConfig> rules) {
  public PolicySettings {
    rules = List.copyOf(rules);
  }

  /** Takes them from a configuration that has been checked. */
  public static PolicySettings of(Settings settings) {
    return new PolicySettings(
        settings.get(PolicyConfig.REQUEST_TIMEOUT),
        settings.get(PolicyConfig.IDLE_TIMEOUT),
        settings.get(PolicyConfig.RULES));
  }
}
