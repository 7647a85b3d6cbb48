package dovetail.counter;

import dovetail.counter.quota.Quota;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/** How a window goes with the time. */
public enum WindowKind {
  /**
   * By local days, whatever their length: never more than {@code most} in one. A length of several
   * days is that many days, counted from a Monday, so weeks begin on Mondays.
   */
  CALENDAR,

  /**
   * Never more than {@code most} in any span of the length. What was used is free again after the
   * length, and at most a sixtieth of it later.
   */
  SLIDING,

  /**
   * A steady rate of {@code most} in the length, and {@code most} at once after a rest (the generic
   * cell rate algorithm). Never more than {@code most + most * t / length} in any span of time t,
   * so at most {@code 2 * most} in one of the window's length. Up to {@code most} single units are
   * granted at once as long as {@code most} squared is less than the length in nanoseconds; beyond
   * that, rounding in the strict direction may cost a few millionths of them.
   */
  SMOOTH;

  private static final Duration DAY = Duration.ofDays(1);

  /** Why this kind of window cannot have such a quota; nothing if it can. */
  public Optional<String> complaint(Quota quota) {
    return switch (this) {
      case SLIDING, SMOOTH -> Optional.empty();
      case CALENDAR ->
          switch (quota) {
            case Quota.Unlimited _, Quota.None _ -> Optional.empty();
            case Quota.Limited limited ->
                limited.windows().stream()
                    .filter(window -> !isWholeDays(window.length()))
                    .findFirst()
                    .map(window -> "calendar windows last whole days, but not " + window);
          };
    };
  }

  private static boolean isWholeDays(Duration length) {
    return length.toSeconds() % DAY.toSeconds() == 0;
  }

  /** The name in lower case. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
