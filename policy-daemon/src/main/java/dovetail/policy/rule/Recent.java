package dovetail.policy.rule;

import java.util.Arrays;

/** A sum over the last minutes, by slots; an old slot counts until all of it is over. */
final class Recent {
  private static final int SLOTS = 20;

  private final int slotSeconds;
  private final long[] sums = new long[SLOTS + 1];
  private long newest = Long.MIN_VALUE;

  /**
   * @param seconds a multiple of 20
   */
  Recent(int seconds) {
    this.slotSeconds = seconds / SLOTS;
  }

  void add(long amount, long now) {
    long slot = turn(now);
    sums[Math.floorMod(slot, sums.length)] += amount;
  }

  long sum(long now) {
    turn(now);
    return Arrays.stream(sums).sum();
  }

  /** Empties what is over. A clock that was set back adds to the newest slot. */
  private long turn(long now) {
    long slot = Math.floorDiv(now, slotSeconds);
    if (newest == Long.MIN_VALUE || slot - newest >= sums.length || isFarBack(slot)) {
      Arrays.fill(sums, 0);
      newest = slot;
    }
    while (newest < slot) {
      newest++;
      sums[Math.floorMod(newest, sums.length)] = 0;
    }
    return newest;
  }

  private boolean isFarBack(long slot) {
    return newest - slot >= sums.length;
  }
}
