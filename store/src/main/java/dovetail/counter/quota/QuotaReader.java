package dovetail.counter.quota;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the windows of a quota. */
final class QuotaReader {
  private static final String MOST = "\\s*(?<most>[0-9]{1,15})";
  private static final String LENGTH = "\\s*/\\s*(?<length>[0-9]{1,9})\\s*(?<time>[smhdw])\\s*";

  /** A window of messages or recipients. */
  static final Pattern COUNTS = Pattern.compile(MOST + "(?<size>)" + LENGTH);

  /** A window of bytes, with the units that sizes have in the configuration. */
  static final Pattern BYTES = Pattern.compile(MOST + "\\s*(?<size>|B|KiB|MiB|GiB)" + LENGTH);

  private QuotaReader() {}

  static Optional<Quota> windows(String text, Pattern window) {
    List<Window> windows = new ArrayList<>();
    try {
      for (String part : text.split(",", -1)) {
        Matcher matcher = window.matcher(part);
        if (!matcher.matches()) {
          return Optional.empty();
        }
        windows.add(window(matcher));
      }
      return Optional.of(new Quota.Limited(windows));
    } catch (IllegalArgumentException _) {
      return Optional.empty(); // the records say what may be
    }
  }

  private static Window window(Matcher matcher) {
    TimeUnitName unit = TimeUnitName.of(matcher.group("time")).orElseThrow();
    long most = Long.parseLong(matcher.group("most"));
    long size = size(matcher.group("size"));
    if (most > Window.MOST / size) {
      throw new IllegalArgumentException("more than any limit needs");
    }
    return new Window(
        most * size, Duration.ofSeconds(Long.parseLong(matcher.group("length")) * unit.seconds()));
  }

  private static long size(String unit) {
    return switch (unit) {
      case "KiB" -> 1L << 10;
      case "MiB" -> 1L << 20;
      case "GiB" -> 1L << 30;
      default -> 1;
    };
  }
}
