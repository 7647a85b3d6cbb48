package dovetail.directory.edit;

import java.util.Locale;
import java.util.Optional;

/** Sizes as people write them: bytes, or with K, M, G or T for powers of 1,024. */
final class Sizes {
  private static final String UNITS = "KMGT";
  private static final int STEP = 10;
  private static final int MAX_DIGITS = 15;

  private Sizes() {}

  static Optional<Long> parse(String text) {
    String upper = text.toUpperCase(Locale.ROOT).replaceFirst("(?<=[KMGT])I?B$", "");
    int unit = upper.isEmpty() ? -1 : UNITS.indexOf(upper.charAt(upper.length() - 1));
    String digits = unit < 0 ? upper : upper.substring(0, upper.length() - 1);
    if (!digits.matches("[0-9]{1," + MAX_DIGITS + "}")) {
      return Optional.empty();
    }
    long number = Long.parseLong(digits);
    int shift = (unit + 1) * STEP;
    return number <= Long.MAX_VALUE >> shift ? Optional.of(number << shift) : Optional.empty();
  }
}
