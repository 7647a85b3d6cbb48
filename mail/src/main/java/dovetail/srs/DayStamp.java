package dovetail.srs;

import java.time.Instant;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;

/**
 * A day in two base32 digits (RFC 4648 6). The count begins again every 1,024 days, so that an
 * address becomes good once more after nearly three years.
 */
final class DayStamp {
  private static final String DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  private static final int DAYS = DIGITS.length() * DIGITS.length();

  private DayStamp() {}

  static String of(Instant now) {
    int day = day(now);
    return "" + DIGITS.charAt(day / DIGITS.length()) + DIGITS.charAt(day % DIGITS.length());
  }

  /**
   * How many midnights have passed since that day, 0 to 1,023: tomorrow was 1,023 days ago. Nothing
   * if it is no stamp; case does not count.
   */
  static OptionalInt age(String stamp, Instant now) {
    if (stamp.length() != 2) {
      return OptionalInt.empty();
    }
    int high = digit(stamp.charAt(0));
    int low = digit(stamp.charAt(1));
    return high < 0 || low < 0
        ? OptionalInt.empty()
        : OptionalInt.of(Math.floorMod(day(now) - (high * DIGITS.length() + low), DAYS));
  }

  private static int day(Instant now) {
    long days = Math.floorDiv(now.getEpochSecond(), TimeUnit.DAYS.toSeconds(1));
    return Math.floorMod(days, DAYS);
  }

  private static int digit(char c) {
    return DIGITS.indexOf(c >= 'a' && c <= 'z' ? c - 'a' + 'A' : c);
  }
}
