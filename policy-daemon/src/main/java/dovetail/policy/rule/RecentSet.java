package dovetail.policy.rule;

import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Different things that were seen in the last minutes, up to a number of them. There are as many of
 * these as active accounts, most of which hold a few, so they are looked through one by one.
 */
final class RecentSet {
  private static final int[] NONE = {};
  private static final long[] NEVER = {};
  private static final int LEAST = 2;

  /** Of a mark; they tell the messages of one second apart. */
  private static final int NUMBER_BITS = 20;

  /**
   * Beyond it what is taken back counts until its time is over: whoever has it taken back at will.
   */
  private static final int MOST_UNDONE = 1_000;

  /** Before the message that has brought it in. */
  private static final long ABSENT = Long.MIN_VALUE;

  private final int seconds;

  /** By the hash alone: a few that fall together do no harm. */
  private int[] hashes = NONE;

  /** The message that had each last. */
  private long[] marks = NEVER;

  private int size;

  /** Of messages that were taken back before later ones: the mark that was there before theirs. */
  private Map<Mark, Long> undone = Map.of();

  private record Mark(int hash, long mark) {}

  /** What one message has had, to be taken back. */
  final class Part {
    private final long mark;
    private final int[] had;
    private final long[] before;

    private Part(long mark, int[] had, long[] before) {
      this.mark = mark;
      this.had = had;
      this.before = before;
    }

    /** Each is as if the message had not been there. To be called once. */
    void takeBack() {
      for (int i = 0; i < had.length; i++) {
        RecentSet.this.takeBack(new Mark(had[i], mark), before[i]);
      }
    }
  }

  RecentSet(int seconds) {
    this.seconds = seconds;
  }

  /** A message at that time; of those in one second each has another number. */
  static long mark(long now, int number) {
    return (now << NUMBER_BITS) | (number & ((1 << NUMBER_BITS) - 1));
  }

  private static long time(long mark) {
    return mark >> NUMBER_BITS;
  }

  /**
   * Adds what a message has, as long as there are not so many already.
   *
   * @param most more are of no interest
   */
  Part add(Collection<String> all, long mark, int most) {
    prune(time(mark));
    int[] had = new int[all.size()];
    long[] before = new long[had.length];
    int count = 0;
    for (String what : all) {
      int hash = what.hashCode();
      int place = find(hash);
      if (place >= 0 && marks[place] != mark) {
        had[count] = hash;
        before[count++] = marks[place];
        marks[place] = mark;
      } else if (place < 0 && size < most) {
        had[count] = hash;
        before[count++] = ABSENT;
        append(hash, mark);
      }
    }
    return new Part(mark, Arrays.copyOf(had, count), Arrays.copyOf(before, count));
  }

  private void append(int hash, long mark) {
    if (size == hashes.length) {
      hashes = Arrays.copyOf(hashes, Math.max(LEAST, 2 * size));
      marks = Arrays.copyOf(marks, hashes.length);
    }
    hashes[size] = hash;
    marks[size++] = mark;
  }

  private int find(int hash) {
    for (int i = 0; i < size; i++) {
      if (hashes[i] == hash) {
        return i;
      }
    }
    return -1;
  }

  private void takeBack(Mark mine, long before) {
    int place = find(mine.hash());
    if (place < 0) {
      return; // it is over
    }
    if (marks[place] != mine.mark()) {
      // A later message has it as well; if that is taken back, too, this one is not to come back.
      if (undone.isEmpty()) {
        undone = new HashMap<>();
      }
      if (undone.size() < MOST_UNDONE) {
        undone.put(mine, before);
      }
      return;
    }
    long left = before;
    Long below = undone.get(new Mark(mine.hash(), left));
    while (below != null) {
      left = below;
      below = undone.get(new Mark(mine.hash(), left));
    }
    if (left == ABSENT) {
      size--;
      hashes[place] = hashes[size];
      marks[place] = marks[size];
    } else {
      marks[place] = left;
    }
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
      if (!isOver(marks[i], now)) {
        hashes[kept] = hashes[i];
        marks[kept++] = marks[i];
      }
    }
    size = kept;
    if (kept == 0) {
      hashes = NONE;
      marks = NEVER;
      undone = Map.of();
    } else if (!undone.isEmpty()) {
      undone.keySet().removeIf(one -> isOver(one.mark(), now));
    }
  }

  /** Also what is far ahead goes, of a clock that was set back. */
  private boolean isOver(long mark, long now) {
    return Math.abs(now - time(mark)) >= seconds;
  }
}
