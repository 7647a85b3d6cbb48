package dovetail.policy;

import dovetail.counter.Counters;
import dovetail.policy.rule.Hosted;
import dovetail.policy.rule.LimitRule;
import dovetail.policy.rule.Limits;
import java.time.ZoneId;

/**
 * What rules are made with.
 *
 * @param counters what limits have counted
 * @param limits what was set for single accounts and domains
 * @param hosted which domains are ours
 * @param zone in which days begin, and times are told
 */
public record RuleTools(
    Counters counters,
    Limits limits,
    Hosted hosted,
    LimitRule.LimitWarnings warnings,
    ZoneId zone) {}
