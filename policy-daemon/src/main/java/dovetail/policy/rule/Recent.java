package dovetail.policy.rule;

/**
 * A sum over the last minutes, by slots; an old slot counts until all of it is over. There are as
 * many of these as active accounts, so one that is empty holds nothing.
 */
final class Recent {
  private static final int SLOTS = 20;
  private static final int[] EMPTY = {};

  /** Where nothing was added; never a sum. */
  private static final int[] NOTHING = {};

  private final int slotSeconds;
  private int[] sums = EMPTY;
  private long newest;

  /** What was added, to be taken back. */
  final class Part {
    private final int[] to;
    private final long slot;
    private final int amount;

    private Part(int[] to, long slot, int amount) {
      this.to = to;
      this.slot = slot;
      this.amount = amount;
    }

    /** Subtracts it, unless it is over. To be called once. */
    @SuppressWarnings("ReferenceEquality") // the same sums are meant, not equal ones
    void takeBack() {
      // Other sums have begun anew since then; and the place may be a later slot's.
      if (sums == to && slot > newest - to.length) {
        to[place(slot)] -= amount;
      }
    }
  }

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
  Part add(long amount, long now) {
    turn(now);
    if (amount == 0) {
      return new Part(NOTHING, 0, 0);
    }
    if (sums.length == 0) {
      sums = new int[SLOTS + 1];
      newest = Math.floorDiv(now, slotSeconds);
    }
    int before = sums[place(newest)];
    int after = (int) Math.min(Integer.MAX_VALUE, before + amount);
    sums[place(newest)] = after;
    return new Part(sums, newest, after - before);
  }

  private int place(long slot) {
    return (int) Math.floorMod(slot, (long) sums.length);
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
      sums[place(newest)] = 0;
    }
  }
}
