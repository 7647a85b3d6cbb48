package dovetail.policy.rule;

import java.time.Duration;
import java.util.Locale;

/**
 * When sending is no longer like an account.
 *
 * @param recipients in ten minutes, as a least
 * @param domains of recipients in ten minutes, as a least
 * @param factor how many times its own busiest ten minutes an account may reach, where that is more
 * @param ceiling of recipients and of domains in ten minutes, whatever the account has reached
 *     before
 * @param refused recipients that Postfix refused, of messages that had others, in ten minutes, if
 *     they are more than half
 * @param networks of clients in an hour
 * @param suspend for how long sending is suspended
 */
public record Breaker(
    int recipients,
    int domains,
    int factor,
    int ceiling,
    int refused,
    int networks,
    Duration suspend) {

  /** Why an account was stopped. */
  public enum Cause {
    RECIPIENTS,
    DOMAINS,
    REFUSED,
    NETWORKS;

    /** The word for it in logs, alerts and the database. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
