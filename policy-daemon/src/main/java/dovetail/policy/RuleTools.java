package dovetail.policy;

import dovetail.policy.rule.Hosted;
import java.time.ZoneId;

/**
 * What rules are made with.
 *
 * @param hosted which domains are ours
 * @param zone in which days begin, and times are told
 */
public record RuleTools(Hosted hosted, ZoneId zone) {}
