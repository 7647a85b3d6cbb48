package dovetail.policy.source;

import dovetail.counter.AccountDay;
import dovetail.counter.SuspensionStore;
import dovetail.directory.edit.UnavailableException;
import dovetail.policy.rule.AccountHistory;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What accounts have reached in the last four weeks, read from the database and written to it by
 * {@link #exchange}. What is reached today counts from tomorrow on. For any thread.
 */
public final class StoredHistory implements AccountHistory {
  /** Today not counted. */
  static final int DAYS = 28;

  private final SuspensionStore store;
  private final ZoneId zone;
  private final Map<String, Peak> today = new ConcurrentHashMap<>();
  private final Set<String> changed = ConcurrentHashMap.newKeySet();
  private volatile Map<String, Peak> before = Map.of();
  private volatile boolean read;
  private long day = Long.MIN_VALUE;

  /**
   * @param zone in which days begin
   */
  public StoredHistory(SuspensionStore store, ZoneId zone) {
    this.store = store;
    this.zone = zone;
  }

  @Override
  public boolean isKnown() {
    return read;
  }

  @Override
  public Peak of(String account) {
    return before.getOrDefault(account, Peak.NONE);
  }

  @Override
  public void reached(String account, Peak peak) {
    Peak known = today.getOrDefault(account, Peak.NONE);
    if (peak.recipients() > known.recipients() || peak.domains() > known.domains()) {
      today.merge(account, peak, Peak::with);
      changed.add(account);
    }
  }

  /**
   * Writes what is new, and reads all at the first time and when a day begins. For one thread at a
   * time.
   *
   * @throws UnavailableException if the database does not answer; nothing is lost then
   */
  public void exchange(Instant now) throws UnavailableException {
    long current = LocalDate.ofInstant(now, zone).toEpochDay();
    write(day == Long.MIN_VALUE ? current : day);
    if (current != day) {
      read(current);
      if (day != Long.MIN_VALUE) {
        today.clear();
      }
      if (current == day + 1) { // a clock that jumps ahead is not to have everything be old
        store.forget(current - DAYS, now.minusSeconds(86_400L * DAYS));
      }
      day = current;
    }
  }

  private void write(long of) throws UnavailableException {
    List<AccountDay> days = new ArrayList<>();
    for (String account : List.copyOf(changed)) {
      changed.remove(account);
      Peak peak = today.getOrDefault(account, Peak.NONE);
      days.add(new AccountDay(account, of, peak.recipients(), peak.domains()));
    }
    try {
      if (!days.isEmpty()) {
        store.reached(days);
      }
    } catch (UnavailableException e) {
      days.forEach(one -> changed.add(one.account()));
      throw e;
    }
  }

  private void read(long current) throws UnavailableException {
    Map<String, Peak> rows = new ConcurrentHashMap<>();
    store.history(
        current - DAYS,
        row -> {
          if (row.day() < current) {
            rows.merge(row.account(), new Peak(row.recipients(), row.domains()), Peak::with);
          }
        });
    before = rows;
    read = true;
  }
}
