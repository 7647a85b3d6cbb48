package dovetail.policy.rule;

import dovetail.policy.rule.AccountHistory.Peak;

/**
 * What one account may do in ten minutes before it is stopped.
 *
 * @param breaker the numbers for all accounts
 * @param before what the account has reached on former days
 * @param bulk whether it was declared, and may send to any number
 */
record Allowance(Breaker breaker, Peak before, boolean bulk) {
  /** To how many recipients it may send, if it was not declared. */
  long recipients() {
    return Math.max(breaker.recipients(), (long) breaker.factor() * before.recipients());
  }

  /** In how many domains, if it was not declared; also the most that are told apart, but one. */
  int domains() {
    long often = (long) breaker.factor() * before.domains();
    return (int) Math.min(Math.max(breaker.domains(), often), Integer.MAX_VALUE - 1);
  }
}
