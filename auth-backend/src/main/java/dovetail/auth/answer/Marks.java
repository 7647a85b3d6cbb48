package dovetail.auth.answer;

import java.util.Arrays;

/**
 * Different wrong passwords of the last time, up to a number of them, each known by a mark of 32
 * bits: a few that fall together do no harm. Who tries the same one again and again, as a telephone
 * does whose owner has changed his password, has tried one. Not for several threads.
 */
final class Marks {
  private static final int[] NONE = {};
  private static final long[] NEVER = {};
  private static final int LEAST = 2;

  private int[] marks = NONE;
  private long[] seen = NEVER;
  private int size;

  /** Adds one, unless there are so many already that another is of no interest. */
  void add(int mark, long now, Span span) {
    prune(now, span.seconds());
    int place = find(mark);
    if (place < 0 && size < span.most()) {
      place = size++;
      if (place == marks.length) {
        marks = Arrays.copyOf(marks, Math.max(LEAST, 2 * place));
        seen = Arrays.copyOf(seen, marks.length);
      }
      marks[place] = mark;
    }
    if (place >= 0) {
      seen[place] = now;
    }
  }

  /**
   * What is looked at.
   *
   * @param seconds for which one counts
   * @param most more are of no interest
   */
  record Span(long seconds, int most) {}

  private int find(int mark) {
    for (int i = 0; i < size; i++) {
      if (marks[i] == mark) {
        return i;
      }
    }
    return -1;
  }

  int size(long now, Span span) {
    prune(now, span.seconds());
    return size;
  }

  private void prune(long now, long seconds) {
    int kept = 0;
    for (int i = 0; i < size; i++) {
      // Also what is far ahead goes, of a clock that was set back.
      if (Math.abs(now - seen[i]) < seconds) {
        marks[kept] = marks[i];
        seen[kept++] = seen[i];
      }
    }
    size = kept;
    if (kept == 0) {
      marks = NONE;
      seen = NEVER;
    }
  }
}
