package dovetail.counter;

import java.time.Duration;

/**
 * A calendar or sliding window: numbers by slots of time. A slot of a calendar window is the whole
 * of it; one of a sliding window is a sixtieth, and counts until all of it is out of the window.
 */
final class SlotState implements WindowState {
  private static final int PARTS = 60;

  /** Clocks of several hosts differ, and are set right in small steps. */
  private static final long TOLERANCE = 5 * Moment.SECOND;

  /** So long before a day begins, what is used of it already is kept. */
  private static final long MIDNIGHT = 60 * Moment.SECOND;

  private static final long DAY = 86_400 * Moment.SECOND;

  /** 1970-01-05 was a Monday. */
  private static final long MONDAY = 4;

  private final WindowKind kind;
  private final long length;
  private final Slots used = new Slots();

  /** What of it the database does not know. */
  private final Slots owed = new Slots();

  SlotState(WindowKind kind, Duration length) {
    this.kind = kind;
    this.length = length.toNanos();
  }

  @Override
  public WindowKind kind() {
    return kind;
  }

  @Override
  public long length() {
    return length;
  }

  private boolean isCalendar() {
    return kind == WindowKind.CALENDAR;
  }

  private long width() {
    return length / PARTS;
  }

  private long current(Moment now) {
    return isCalendar()
        ? Math.floorDiv(now.day() - MONDAY, length / DAY)
        : Math.floorDiv(now.nanos(), width());
  }

  /** The oldest slot that counts. */
  private long first(Moment now) {
    return isCalendar() ? current(now) : Math.floorDiv(now.nanos() - length, width());
  }

  /** The newest slot that counts. */
  private long last(Moment now) {
    return isCalendar() ? current(now) : newestKept(now);
  }

  /** For a clock that is set right around midnight, and goes over it more than once. */
  private long oldestKept(Moment now) {
    return isCalendar() ? current(now) - 1 : first(now);
  }

  private long newestKept(Moment now) {
    long slot = current(now);
    if (isCalendar()) {
      return freeAt(slot, now) - now.nanos() < MIDNIGHT ? slot + 1 : slot;
    }
    return slot + Math.min(PARTS, 1 + TOLERANCE / width());
  }

  /** The end of a slot's time in the window. */
  private long freeAt(long slot, Moment now) {
    return isCalendar()
        ? now.days().begin((slot + 1) * (length / DAY) + MONDAY)
        : (slot + 1) * width() + length;
  }

  /** After this all slots lie within a little more than the window. */
  private void tidy(Slots slots, Moment now) {
    if (slots.size() == 0) {
      return;
    }
    slots.forgetBefore(oldestKept(now));
    if (slots.size() == 0 || slots.slot(slots.size() - 1) <= current(now)) {
      return;
    }
    if (isCalendar()) {
      slots.forgetAfter(newestKept(now));
    } else {
      slots.foldAfter(newestKept(now), current(now));
    }
  }

  @Override
  public long used(long most, Moment now) {
    tidy(used, now);
    return isCalendar() ? used.get(current(now)) : used.sumFrom(first(now));
  }

  @Override
  public long fitsAt(long amount, long most, Moment now) {
    if (amount > most) {
      return Moment.NEVER;
    }
    long left = used(most, now);
    long at = now.nanos();
    for (int place = 0; place < used.size() && left > most - amount; place++) {
      if (counts(place, now)) {
        left -= used.value(place);
        at = freeAt(used.slot(place), now);
      }
    }
    return at;
  }

  private boolean counts(int place, Moment now) {
    long slot = used.slot(place);
    return slot >= first(now) && slot <= last(now);
  }

  @Override
  public long emptyAt(Moment now) {
    if (isCalendar()) {
      return used(0, now) == 0 ? now.nanos() : freeAt(current(now), now);
    }
    return overAt(used, now);
  }

  @Override
  public long overAt(Moment now) {
    return Math.max(overAt(used, now), overAt(owed, now));
  }

  private long overAt(Slots slots, Moment now) {
    tidy(slots, now);
    return slots.size() > 0 && slots.slot(slots.size() - 1) >= first(now)
        ? freeAt(slots.slot(slots.size() - 1), now)
        : now.nanos();
  }

  @Override
  public long add(long amount, long most, Moment now, boolean owed) {
    tidy(used, now);
    long slot = current(now);
    used.add(slot, amount);
    if (owed) {
      tidy(this.owed, now);
      this.owed.add(slot, amount);
    }
    return slot;
  }

  @Override
  public void takeBack(Charge.Part part, Moment now, boolean owed) {
    tidy(used, now);
    long taken = Math.min(part.amount(), used.get(part.mark()));
    if (taken > 0) {
      used.add(part.mark(), -taken);
      if (owed) {
        tidy(this.owed, now);
        this.owed.add(part.mark(), -taken);
      }
    }
  }

  @Override
  public void settle(Moment now, Debts debts) {
    tidy(owed, now);
    for (int place = 0; place < owed.size(); place++) {
      long slot = owed.slot(place);
      debts.owe(slot, owed.value(place), 0, 0, freeAt(slot, now));
    }
    owed.clear();
  }

  @Override
  public void learn(long slot, long value, Moment now) {
    tidy(used, now);
    tidy(owed, now);
    if (slot >= oldestKept(now) && slot <= newestKept(now)) {
      used.put(slot, Math.max(0, value + owed.get(slot)));
    }
  }
}
