package dovetail.counter;

import dovetail.directory.edit.UnavailableException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads counters of a database when they are first asked about. For any thread. */
final class FirstLook {
  private final Shards shards;
  private final CounterStore store;
  private final Set<CounterName> read = new HashSet<>();

  FirstLook(Shards shards, CounterStore store) {
    this.shards = shards;
    this.store = store;
  }

  /**
   * Reads those that were not read before. The caller holds no lock.
   *
   * @throws UnreadException if the database does not answer; the next call tries again
   */
  synchronized void at(List<CounterName> names, Moment now) {
    List<CounterName> fresh =
        names.stream().distinct().filter(name -> !read.contains(name)).toList();
    if (fresh.isEmpty()) {
      return;
    }
    try {
      for (CounterRow row : store.rows(fresh, Moment.instant(now.nanos()))) {
        try (var _ = shards.lock(row.cell().name())) {
          shards.learn(row, now);
        }
      }
    } catch (UnavailableException e) {
      throw new UnreadException(e);
    }
    read.addAll(fresh);
  }
}
