package dovetail.policy.source;

import dovetail.counter.AccountDay;
import dovetail.counter.SuspensionStore;
import dovetail.directory.edit.UnavailableException;
import dovetail.policy.rule.AccountHistory;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;

/**
 * What one account has reached, to be looked at only; nothing is known of others.
 *
 * @param peak on former days
 */
public record TriedHistory(String account, Peak peak) implements AccountHistory {
  /**
   * Reads that of one account from the database.
   *
   * @param zone in which days begin
   * @throws UnavailableException if the database does not answer
   */
  public static TriedHistory of(String account, SuspensionStore store, ZoneId zone, Instant now)
      throws UnavailableException {
    long today = LocalDate.ofInstant(now, zone).toEpochDay();
    Peak peak = Peak.NONE;
    for (AccountDay row : store.history(today - StoredHistory.DAYS, account)) {
      if (row.day() < today) {
        peak = peak.with(new Peak(row.recipients(), row.domains()));
      }
    }
    return new TriedHistory(account, peak);
  }

  @Override
  public Peak of(String other) {
    return other.equals(account) ? peak : Peak.NONE;
  }

  @Override
  public void reached(String other, Peak reached) {
    // Not kept.
  }
}
