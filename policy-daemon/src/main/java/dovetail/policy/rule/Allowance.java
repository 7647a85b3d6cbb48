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
  /**
   * Up to where it may go, if it was not declared.
   *
   * @param most that number is still allowed
   * @param before what it has reached before
   * @param isCeiling whether its history would allow more
   */
  record Bound(int most, int before, boolean isCeiling) {
    /** For the administrator, behind what was too much. */
    String words() {
      return (isCeiling ? "over the ceiling of " + most + ", " : "") + before + " before at most";
    }
  }

  /** To how many recipients. */
  Bound recipients() {
    return bound(breaker.recipients(), before.recipients());
  }

  /** In how many domains. */
  Bound domains() {
    return bound(breaker.domains(), before.domains());
  }

  /** For people. */
  String words() {
    String most =
        bulk
            ? "any number"
            : recipients().most()
                + " recipients in "
                + domains().most()
                + " domains in ten minutes";
    return "may reach "
        + most
        + ", has reached "
        + before.recipients()
        + " in "
        + before.domains()
        + " on former days";
  }

  private Bound bound(int least, int reached) {
    long usual = Math.max(least, (long) breaker.factor() * reached);
    int ceiling = breaker.ceiling();
    return new Bound((int) Math.min(usual, ceiling), reached, usual > ceiling);
  }
}
