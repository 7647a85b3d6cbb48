package dovetail.counter;

import java.util.Arrays;

/**
 * A few numbers by slot, in order. Each takes eight octets: sixteen bits of the slot, and the
 * number. All slots lie within 2^15 of the newest.
 */
final class Slots {
  private static final int KEY_BITS = 16;
  private static final long KEY = (1L << KEY_BITS) - 1;
  private static final long GREATEST = Long.MAX_VALUE >> KEY_BITS;
  private static final long[] NONE = {};

  private long newest;
  private int size;
  private long[] cells = NONE;

  int size() {
    return size;
  }

  /** The slot at a place, 0 being the oldest. */
  long slot(int place) {
    return newest - ((newest - (cells[place] & KEY)) & KEY);
  }

  /** The number at a place. */
  long value(int place) {
    return cells[place] >> KEY_BITS;
  }

  /** The number of a slot; 0 if it has none. */
  long get(long slot) {
    int place = after(slot) - 1;
    return place >= 0 && slot(place) == slot ? value(place) : 0;
  }

  /** The sum of a slot's number and of all that are newer. */
  long sumFrom(long slot) {
    long sum = 0;
    for (int place = size - 1; place >= 0 && slot(place) >= slot; place--) {
      sum += value(place);
    }
    return sum;
  }

  void add(long slot, long amount) {
    put(slot, get(slot) + amount);
  }

  /** Sets the number of a slot; 0 is like none. */
  void put(long slot, long value) {
    int after = after(slot);
    boolean known = after > 0 && slot(after - 1) == slot;
    if (value == 0) {
      if (known) {
        remove(after - 1, after);
      }
    } else if (known) {
      cells[after - 1] = cell(slot, value);
    } else {
      insert(after, slot, value);
    }
  }

  private void insert(int place, long slot, long value) {
    if (size == cells.length) {
      cells = Arrays.copyOf(cells, Math.max(1, 2 * size));
    }
    System.arraycopy(cells, place, cells, place + 1, size - place);
    cells[place] = cell(slot, value);
    size++;
    if (place == size - 1) {
      newest = slot;
    }
  }

  private void remove(int from, int to) {
    long last = to == size && from > 0 ? slot(from - 1) : newest;
    System.arraycopy(cells, to, cells, from, size - to);
    size -= to - from;
    newest = last;
    if (size == 0) {
      cells = NONE;
    }
  }

  private static long cell(long slot, long value) {
    return Math.clamp(value, -GREATEST, GREATEST) << KEY_BITS | (slot & KEY);
  }

  /** The first place whose slot is newer. */
  private int after(long slot) {
    int place = size;
    while (place > 0 && slot(place - 1) > slot) {
      place--;
    }
    return place;
  }

  /** Forgets slots older than that one. */
  void forgetBefore(long slot) {
    int end = after(slot - 1);
    if (end > 0) {
      remove(0, end);
    }
  }

  /** Forgets slots newer than that one. */
  void forgetAfter(long slot) {
    int begin = after(slot);
    if (begin < size) {
      remove(begin, size);
    }
  }

  /** Gives the numbers of all slots newer than one to another, which is not newer. */
  void foldAfter(long slot, long into) {
    long sum = sumFrom(slot + 1);
    forgetAfter(slot);
    if (sum != 0) {
      add(into, sum);
    }
  }

  /** Forgets all. */
  void clear() {
    size = 0;
    cells = NONE;
  }
}
