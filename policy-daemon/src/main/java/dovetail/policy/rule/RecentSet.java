package dovetail.policy.rule;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Different things that were seen in the last minutes, up to a number of them. */
final class RecentSet {
  private final int seconds;

  /** When each was last seen. By the hash alone: a few that fall together do no harm. */
  private final Map<Integer, Long> seen = new HashMap<>();

  RecentSet(int seconds) {
    this.seconds = seconds;
  }

  /**
   * Adds one, unless there are so many already.
   *
   * @param most more are of no interest
   */
  void add(String what, long now, int most) {
    prune(now);
    int hash = what.hashCode();
    if (seen.size() < most || seen.containsKey(hash)) {
      seen.put(hash, now);
    }
  }

  int size(long now) {
    prune(now);
    return seen.size();
  }

  /** How many there would be with some more. */
  int sizeWith(Collection<String> more, long now) {
    prune(now);
    Set<Integer> fresh = new HashSet<>();
    for (String what : more) {
      int hash = what.hashCode();
      if (!seen.containsKey(hash)) {
        fresh.add(hash);
      }
    }
    return seen.size() + fresh.size();
  }

  private void prune(long now) {
    // Also what is far ahead, of a clock that was set back.
    seen.values().removeIf(at -> Math.abs(now - at) >= seconds);
  }
}
