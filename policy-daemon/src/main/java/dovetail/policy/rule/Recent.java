package dovetail.policy.rule;

/**
 * A sum over the last minutes, by slots; an old slot counts until all of it is over. There are as
 * many of these as active accounts, so one that is empty holds nothing.
 */
final class Recent {
  private static final int SLOTS = 20;
  private static final int[] EMPTY = {};

  private final int slotSeconds;
  private int[] sums = EMPTY;
  private long newest;

  /**
   * @param seconds a multiple of 20
   */
  Recent(int seconds) {
    this.slotSeconds = seconds / SLOTS;
  }

  /**
   * Adds to it.
   *
   * @param amount not negative
   */
  void add(long amount, long now) {
    turn(now);
    if (amount == 0) {
      return;
    }
    if (sums.length == 0) {
      sums = new int[SLOTS + 1];
      newest = Math.floorDiv(now, slotSeconds);
    }
    int place = (int) Math.floorMod(newest, (long) sums.length);
    sums[place] = (int) Math.min(Integer.MAX_VALUE, sums[place] + amount);
  }

  long sum(long now) {
    turn(now);
    long sum = 0;
    for (int one : sums) {
      sum += one;
    }
    return sum;
  }

  /** Empties what is over. A clock that was set back adds to the newest slot. */
  private void turn(long now) {
    if (sums.length == 0) {
      return;
    }
    long slot = Math.floorDiv(now, slotSeconds);
    if (Math.abs(slot - newest) >= sums.length) {
      sums = EMPTY;
      return;
    }
    while (newest < slot) {
      newest++;
      sums[(int) Math.floorMod(newest, (long) sums.length)] = 0;
    }
  }
}
