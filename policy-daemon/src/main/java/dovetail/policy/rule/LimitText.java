package dovetail.policy.rule;

import dovetail.counter.Demand;
import dovetail.counter.Use;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Says what is left of a limit. */
final class LimitText {
  private static final DateTimeFormatter TODAY =
      DateTimeFormatter.ofPattern("HH:mm xx", Locale.ROOT);
  private static final DateTimeFormatter LATER =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm xx", Locale.ROOT);

  /** Beyond that a message does not fit at all, ever. */
  private static final Duration SOON = Duration.ofHours(20);

  private LimitText() {}

  /**
   * "sending limit of 100 recipients in 1 hour: 3 left, this message has 5; again at 14:05 +0000"
   */
  static String refused(LimitSettings settings, Demand demand, Use use, Instant now) {
    long most = use.window().most();
    String unit = settings.unit().name().toLowerCase(Locale.ROOT);
    String limit =
        "sending limit of %d %s in %s".formatted(most, unit, length(use.window().length()));
    if (demand.amount() > most) {
      return "%s: this message has %d".formatted(limit, demand.amount());
    }
    return "%s: %d left, this message has %d; it can be sent at %s"
        .formatted(
            limit,
            Math.max(0, most - use.used()),
            demand.amount(),
            time(use.reset(), now, settings));
  }

  private static String time(Instant at, Instant now, LimitSettings settings) {
    // Never the minute that is not over yet.
    Instant full = at.plusSeconds(59);
    boolean soon = Duration.between(now, full).compareTo(SOON) < 0;
    return (soon ? TODAY : LATER).format(full.atZone(settings.zone()));
  }

  static String length(Duration length) {
    if (length.toDays() > 0 && length.equals(Duration.ofDays(length.toDays()))) {
      return of(length.toDays(), "day");
    }
    if (length.toHours() > 0 && length.equals(Duration.ofHours(length.toHours()))) {
      return of(length.toHours(), "hour");
    }
    if (length.toMinutes() > 0 && length.equals(Duration.ofMinutes(length.toMinutes()))) {
      return of(length.toMinutes(), "minute");
    }
    return of(length.toSeconds(), "second");
  }

  private static String of(long count, String unit) {
    return count + " " + unit + (count == 1 ? "" : "s");
  }
}
