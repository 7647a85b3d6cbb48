package dovetail.bench;

import java.util.Arrays;
import java.util.List;

/** How long messages took, in nanoseconds. For one thread. */
final class Delays {
  private long[] nanos = new long[1024];
  private int size;

  void add(long delay) {
    if (size == nanos.length) {
      nanos = Arrays.copyOf(nanos, size * 2);
    }
    nanos[size++] = delay;
  }

  /** All of them, the shortest first. */
  static long[] sorted(List<Delays> all) {
    return all.stream()
        .flatMapToLong(each -> Arrays.stream(each.nanos, 0, each.size))
        .sorted()
        .toArray();
  }

  /** The delay, in milliseconds, that this share of messages did not exceed. */
  static double millis(long[] sorted, double share) {
    if (sorted.length == 0) {
      return Double.NaN;
    }
    int at = (int) Math.ceil(share * sorted.length) - 1;
    return sorted[Math.clamp(at, 0, sorted.length - 1)] / 1e6;
  }
}
