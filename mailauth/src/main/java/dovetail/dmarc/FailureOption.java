package dovetail.dmarc;

import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** When a report on a single message is asked for (RFC 9989 4.7, fo). */
public enum FailureOption {
  /** If no mechanism gives an aligned pass. */
  ALL("0"),
  /** If some mechanism gives none. */
  ANY("1"),
  /** If a DKIM signature does not verify, aligned or not. */
  DKIM("d"),
  /** If SPF does not pass, aligned or not. */
  SPF("s");

  private final String letter;

  FailureOption(String letter) {
    this.letter = letter;
  }

  /** The letter in records. */
  public String letter() {
    return letter;
  }

  /** The options of a value, each at most once, and one of the first two (RFC 9989 4.8). */
  static Optional<List<FailureOption>> listed(String value) {
    EnumSet<FailureOption> options = EnumSet.noneOf(FailureOption.class);
    for (String item : value.split(":", -1)) {
      Optional<FailureOption> option = of(item);
      if (option.isEmpty() || !options.add(option.get())) {
        return Optional.empty();
      }
    }
    return options.contains(ALL) && options.contains(ANY)
        ? Optional.empty()
        : Optional.of(List.copyOf(options));
  }

  private static Optional<FailureOption> of(String item) {
    return switch (item.toLowerCase(Locale.ROOT)) {
      case "0" -> Optional.of(ALL);
      case "1" -> Optional.of(ANY);
      case "d" -> Optional.of(DKIM);
      case "s" -> Optional.of(SPF);
      default -> Optional.empty();
    };
  }
}
