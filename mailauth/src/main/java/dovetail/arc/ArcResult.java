package dovetail.arc;

import java.util.List;
import java.util.OptionalInt;

/**
 * What is known of a message's chain after its check. That it passes says who has sealed it, not
 * that they are honest: a chain costs nobody more than a domain.
 *
 * @param reason how the check ended and why
 * @param detail what exactly was wrong, in fixed words; empty where the reason says it all
 * @param place the instance of what was wrong, if it has one
 * @param instances how many sets there are: the highest instance, as far as it was looked for
 * @param sets all of them, the oldest first; none if together they are no chain
 */
public record ArcResult(
    ArcReason reason, String detail, OptionalInt place, int instances, List<ArcSet> sets) {
  /** Takes a copy of the list. */
  public ArcResult {
    sets = List.copyOf(sets);
  }

  /** The result in one word. */
  public ArcStatus status() {
    return reason.status();
  }

  /** The reason with its place and detail, for people. */
  public String words() {
    String where = place.isPresent() ? " at i=" + place.getAsInt() : "";
    return reason.words() + where + (detail.isEmpty() ? "" : ": " + detail);
  }
}
