package dovetail.doctor;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Times as main.cf has them: a number and s, m, h, d or w (postconf(5)). */
final class PostfixTime {
  private static final Pattern FORM = Pattern.compile("([0-9]{1,9})([smhdw]?)");

  private PostfixTime() {}

  /** Reads one whose unit is seconds where none is named. */
  static Optional<Duration> parse(String text) {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      return Optional.empty();
    }
    long number = Long.parseLong(form.group(1));
    return Optional.of(
        switch (form.group(2)) {
          case "m" -> Duration.ofMinutes(number);
          case "h" -> Duration.ofHours(number);
          case "d" -> Duration.ofDays(number);
          case "w" -> Duration.ofDays(7 * number);
          default -> Duration.ofSeconds(number);
        });
  }
}
