package dovetail.policy;

import dovetail.counter.Counters;
import dovetail.policy.rule.AccountHistory;
import dovetail.policy.rule.Activities;
import dovetail.policy.rule.ClientChecks;
import dovetail.policy.rule.Greylist;
import dovetail.policy.rule.Hosted;
import dovetail.policy.rule.LimitRule;
import dovetail.policy.rule.Limits;
import dovetail.policy.rule.Residents;
import dovetail.policy.rule.Suspensions;
import dovetail.policy.rule.TriedSuspensions;
import java.time.ZoneId;

/**
 * What rules are made with.
 *
 * @param counters what limits have counted
 * @param limits what was set for single accounts and domains
 * @param hosted which domains are ours
 * @param suspensions accounts that may not send at the moment
 * @param history what accounts are used to send
 * @param activities what they have sent lately
 * @param residents what is known of those who are hosted here
 * @param zone in which days begin, and times are told
 * @param checks what the DNS says of clients; all rules of a configuration share one
 * @param greylist whose mail came when
 */
public record RuleTools(
    Counters counters,
    Limits limits,
    Hosted hosted,
    LimitRule.LimitWarnings warnings,
    Suspensions suspensions,
    AccountHistory history,
    Activities activities,
    Residents residents,
    ZoneId zone,
    ClientChecks checks,
    Greylist greylist) {

  /**
   * The same for a rule that is only tried: it stops nobody.
   *
   * @param learns whether what accounts do by it becomes their history
   */
  RuleTools tried(boolean learns) {
    return new RuleTools(
        counters,
        limits,
        hosted,
        warnings,
        new TriedSuspensions(),
        learns ? history : history.readOnly(),
        activities,
        residents,
        zone,
        checks,
        greylist);
  }
}
