package dovetail.counter.quota;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** The units of a window's length. */
enum TimeUnitName {
  S(1),
  M(60),
  H(3600),
  D(86_400),
  W(604_800);

  private final long seconds;

  TimeUnitName(long seconds) {
    this.seconds = seconds;
  }

  long seconds() {
    return seconds;
  }

  String letter() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The unit that is written so. */
  static Optional<TimeUnitName> of(String letter) {
    return Arrays.stream(values()).filter(unit -> unit.letter().equals(letter)).findFirst();
  }

  /** The largest unit of which so many seconds are a whole number. */
  static TimeUnitName largestOf(long seconds) {
    return Arrays.stream(values())
        .filter(unit -> seconds % unit.seconds == 0)
        .max(Comparator.comparingLong(TimeUnitName::seconds))
        .orElse(S);
  }
}
