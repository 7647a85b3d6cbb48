package dovetail.counter;

import dovetail.counter.quota.Quota;

/**
 * What somebody would like to use.
 *
 * @param kind of all windows of the quota
 * @param amount at least 0
 */
public record Demand(CounterName name, Quota quota, WindowKind kind, Origin origin, long amount) {
  /**
   * @throws IllegalArgumentException if the amount is negative, or the quota is none for that kind
   */
  public Demand {
    if (amount < 0) {
      throw new IllegalArgumentException("negative: " + amount);
    }
    if (kind == WindowKind.CALENDAR && kind.complaint(quota).isPresent()) {
      throw new IllegalArgumentException(kind.complaint(quota).get());
    }
  }
}
