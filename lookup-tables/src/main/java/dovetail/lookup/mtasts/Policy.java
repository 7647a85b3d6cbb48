package dovetail.lookup.mtasts;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What a domain asks of those who send to it (RFC 8461 3.2).
 *
 * @param mode whether it is meant
 * @param mx the hosts that take its mail; none only if the mode is none
 * @param maxAge how long it holds, at most {@link #LONGEST}
 */
record Policy(Mode mode, List<MxPattern> mx, Duration maxAge) {
  /** The most that a policy may hold, in seconds. */
  static final long LONGEST = 31_557_600;

  /** Takes a copy of the list. */
  Policy {
    mx = List.copyOf(mx);
  }

  /** Whether a policy is meant. */
  enum Mode {
    /** Mail goes only where the policy says. */
    ENFORCE,
    /** Mail goes anywhere; failures are only reported. */
    TESTING,
    /** There is no policy any more. */
    NONE;

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** The lines of the policy, in one order, without fields that we do not know. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add("version: " + PolicyParser.VERSION);
    lines.add("mode: " + mode.word());
    mx.forEach(pattern -> lines.add("mx: " + pattern));
    lines.add("max_age: " + maxAge.toSeconds());
    return lines;
  }
}
