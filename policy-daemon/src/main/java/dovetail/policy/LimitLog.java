package dovetail.policy;

import dovetail.counter.Use;
import dovetail.observe.Metrics;
import dovetail.observe.TransactionLine;
import dovetail.observe.TransactionLog;
import dovetail.policy.rule.LimitRule;
import io.prometheus.metrics.core.metrics.Counter;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/** Says that limits are nearly used up: a line in the log for each. */
public final class LimitLog implements LimitRule.LimitWarnings {
  private final TransactionLog log;
  private final Counter warnings;

  public LimitLog(TransactionLog log, Metrics metrics) {
    this.log = log;
    this.warnings =
        metrics.counter(
            "dovetail_policy_limit_warnings",
            "How often the use of a limit has passed the percentage that warns.",
            "rule");
  }

  @Override
  public void nearly(String rule, String key, Use use) {
    warnings.labelValues(rule).inc();
    SequencedMap<String, String> facts = new LinkedHashMap<>();
    facts.put("rule", rule);
    facts.put("key", key);
    facts.put("used", Long.toString(use.used()));
    facts.put("limit", use.window().toString());
    log.write(new TransactionLine("policy", "-", "warned", facts));
  }
}
