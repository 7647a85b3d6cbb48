package dovetail.counter;

import java.math.BigInteger;
import java.time.Duration;

/**
 * A smooth window: the moment at which all that was used will be free again (the theoretical
 * arrival time of the generic cell rate algorithm). An amount pushes it away by its share of the
 * length, rounded up.
 */
final class SmoothState implements WindowState {
  /** Clocks of several hosts differ. */
  private static final long MARGIN = 6 * Moment.SECOND;

  private static final long ABSURD = 60 * Moment.SECOND;

  private final long length;
  private long empty = Long.MIN_VALUE;

  /** The time that was used since that moment and the database does not know. */
  private long owed;

  private long owedFrom;

  SmoothState(Duration length) {
    this.length = length.toNanos();
  }

  @Override
  public WindowKind kind() {
    return WindowKind.SMOOTH;
  }

  @Override
  public long length() {
    return length;
  }

  /**
   * How far away the moment may be: the length, and what rounding up takes from that many single
   * units, but less than one unit.
   */
  private long depth(long most) {
    long unit = time(1, most);
    return length + Math.min(most * unit - length, unit - 1);
  }

  /** The time in which so much gets free, rounded up. */
  private long time(long amount, long most) {
    return -scaled(-amount, length, most);
  }

  /** The quotient of a product of any size, rounded down. */
  private static long scaled(long one, long other, long divisor) {
    long product = one * other;
    if (Math.multiplyHigh(one, other) == product >> (Long.SIZE - 1)) {
      return Math.floorDiv(product, divisor);
    }
    BigInteger[] parts =
        BigInteger.valueOf(one)
            .multiply(BigInteger.valueOf(other))
            .divideAndRemainder(BigInteger.valueOf(divisor));
    return parts[0].longValueExact() - (parts[1].signum() < 0 ? 1 : 0);
  }

  /** What no limit goes beyond: its depth is less than a second more than the length. */
  private long most(Moment now) {
    return now.nanos() + length + MARGIN;
  }

  /** After this it is no farther away than the window can make it. */
  private void tidy(long most, Moment now) {
    empty = Math.min(empty, now.nanos() + depth(most));
  }

  @Override
  public long used(long most, Moment now) {
    tidy(most, now);
    long left = now.nanos() + depth(most) - Math.max(empty, now.nanos());
    return Math.max(0, most - scaled(left, most, length));
  }

  @Override
  public long fitsAt(long amount, long most, Moment now) {
    if (amount > most) {
      return Moment.NEVER;
    }
    tidy(most, now);
    long from = Math.max(empty, now.nanos()) - depth(most);
    return Math.max(now.nanos(), from + time(amount, most));
  }

  @Override
  public long emptyAt(Moment now) {
    empty = Math.min(empty, most(now));
    return Math.max(now.nanos(), empty);
  }

  @Override
  public long overAt(Moment now) {
    // What was refunded is still to be told, though nothing is used.
    return owed < 0 ? Math.max(now.nanos() + Moment.SECOND, emptyAt(now)) : emptyAt(now);
  }

  @Override
  public long add(long amount, long most, Moment now, boolean owed) {
    tidy(most, now);
    long time = time(amount, most);
    if (owed) {
      if (this.owed == 0 || empty <= now.nanos()) {
        // All before is free again, so it pushes nothing away any more.
        this.owed = 0;
        owedFrom = now.nanos();
      }
      this.owed += time;
    }
    empty = Math.max(empty, now.nanos()) + time;
    return empty;
  }

  @Override
  public void takeBack(Charge.Part part, Moment now, boolean owed) {
    long left = Math.min(time(part.amount(), part.most()), part.mark() - now.nanos());
    if (left > 0) {
      empty -= left;
      if (owed) {
        if (this.owed == 0) {
          owedFrom = 0;
        }
        this.owed -= left;
      }
    }
  }

  @Override
  public void settle(Moment now, Debts debts) {
    if (owed != 0) {
      debts.owe(0, owed, owedFrom, most(now), most(now) + length);
      owed = 0;
    }
  }

  @Override
  public void learn(long slot, long value, Moment now) {
    long known = value > most(now) + ABSURD ? 0 : value;
    empty = owed == 0 ? known : Math.max(known, owedFrom) + owed;
  }
}
