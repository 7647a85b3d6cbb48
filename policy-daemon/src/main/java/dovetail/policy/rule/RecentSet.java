package dovetail.policy.rule;

import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/**
 * Different things that were seen in the last minutes, up to a number of them. There are as many of
 * these as active accounts, most of which hold a few, so they are looked through one by one.
 */
final class RecentSet {
  private static final int[] NONE = {};
  private static final long[] NEVER = {};
  private static final int LEAST = 2;

  private final int seconds;

  /** By the hash alone: a few that fall together do no harm. */
  private int[] hashes = NONE;

  /** When each was last seen. */
  private long[] seen = NEVER;

  private int size;

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
    int place = find(hash);
    if (place < 0 && size < most) {
      place = size++;
      if (place == hashes.length) {
        hashes = Arrays.copyOf(hashes, Math.max(LEAST, 2 * place));
        seen = Arrays.copyOf(seen, hashes.length);
      }
      hashes[place] = hash;
    }
    if (place >= 0) {
      seen[place] = now;
    }
  }

  private int find(int hash) {
    for (int i = 0; i < size; i++) {
      if (hashes[i] == hash) {
        return i;
      }
    }
    return -1;
  }

  int size(long now) {
    prune(now);
    return size;
  }

  /** How many there would be with some more. */
  int sizeWith(Collection<String> more, long now) {
    prune(now);
    Set<Integer> fresh = new HashSet<>();
    for (String what : more) {
      int hash = what.hashCode();
      if (find(hash) < 0) {
        fresh.add(hash);
      }
    }
    return size + fresh.size();
  }

  private void prune(long now) {
    int kept = 0;
    for (int i = 0; i < size; i++) {
      // Also what is far ahead goes, of a clock that was set back.
      if (Math.abs(now - seen[i]) < seconds) {
        hashes[kept] = hashes[i];
        seen[kept++] = seen[i];
      }
    }
    size = kept;
    if (kept == 0) {
      hashes = NONE;
      seen = NEVER;
    }
  }
}
