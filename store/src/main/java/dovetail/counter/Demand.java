package dovetail.counter;

import dovetail.counter.quota.Quota;

/**
 * What somebody would like to use.
 *
 * @param kind of all windows of the quota
 * @param amount at least 0
 * @param weight how much of {@link CounterSettings#batch} it takes, 0 or more: the amount, unless
 *     that is in units so small that a batch would hold none
 */
public record Demand(
    CounterName name, Quota quota, WindowKind kind, Origin origin, long amount, long weight) {
  /**
   * @throws IllegalArgumentException if a number is negative, or the quota is none for that kind
   */
  public Demand {
    if (amount < 0 || weight < 0) {
      throw new IllegalArgumentException("negative: " + amount + ", " + weight);
    }
    if (kind == WindowKind.CALENDAR && kind.complaint(quota).isPresent()) {
      throw new IllegalArgumentException(kind.complaint(quota).get());
    }
  }

  /** One that weighs its amount. */
  public Demand(CounterName name, Quota quota, WindowKind kind, Origin origin, long amount) {
    this(name, quota, kind, origin, amount, amount);
  }
}
