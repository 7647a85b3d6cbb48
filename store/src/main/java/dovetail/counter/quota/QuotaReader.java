package dovetail.counter.quota;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the windows of a quota. */
final class QuotaReader {
  private static final Pattern WINDOW =
      Pattern.compile("\\s*([0-9]{1,15})\\s*/\\s*([0-9]{1,9})\\s*([smhdw])\\s*");

  private QuotaReader() {}

  static Optional<Quota> windows(String text) {
    List<Window> windows = new ArrayList<>();
    try {
      for (String part : text.split(",", -1)) {
        Matcher matcher = WINDOW.matcher(part);
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
    TimeUnitName unit = TimeUnitName.of(matcher.group(3)).orElseThrow();
    return new Window(
        Long.parseLong(matcher.group(1)),
        Duration.ofSeconds(Long.parseLong(matcher.group(2)) * unit.seconds()));
  }
}
