package dovetail.counter.quota;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** How much may be used. {@code toString} gives what {@link #parse} reads. */
public sealed interface Quota {
  /** As much as one likes. */
  record Unlimited() implements Quota {
    @Override
    public String toString() {
      return "unlimited";
    }
  }

  /** Nothing at all. */
  record None() implements Quota {
    @Override
    public String toString() {
      return "none";
    }
  }

  /**
   * No more than each of these windows allows.
   *
   * @param windows at least one and at most eight, of different lengths
   */
  record Limited(List<Window> windows) implements Quota {
    private static final int WINDOWS = 8;

    /**
     * @throws IllegalArgumentException if there are none or too many, or two of one length
     */
    public Limited {
      windows = List.copyOf(windows);
      if (windows.isEmpty() || windows.size() > WINDOWS) {
        throw new IllegalArgumentException("expected 1 to " + WINDOWS + " windows");
      }
      Set<Duration> lengths = new HashSet<>();
      for (Window window : windows) {
        if (!lengths.add(window.length())) {
          throw new IllegalArgumentException("two windows of the same length: " + window);
        }
      }
    }

    @Override
    public String toString() {
      return windows.stream().map(Window::toString).collect(Collectors.joining(","));
    }
  }

  /**
   * Reads {@code unlimited}, {@code none}, or windows such as {@code 100/1h,500/1d}; the units are
   * s, m, h, d and w. Spaces do not count.
   *
   * @return nothing if it is none of these
   */
  static Optional<Quota> parse(String text) {
    return parse(text, QuotaReader.COUNTS);
  }

  /** The same of bytes, which may have a unit: {@code 100MiB/1d}; B, KiB, MiB or GiB. */
  static Optional<Quota> parseBytes(String text) {
    return parse(text, QuotaReader.BYTES);
  }

  private static Optional<Quota> parse(String text, Pattern window) {
    return switch (text.strip()) {
      case "unlimited" -> Optional.of(new Unlimited());
      case "none" -> Optional.of(new None());
      case String windows -> QuotaReader.windows(windows, window);
    };
  }
}
