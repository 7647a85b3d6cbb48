package dovetail.directory;

import java.util.List;

/**
 * Where mail for an address goes.
 *
 * @param kind who may write in its name
 * @param active whether it is in use; one that is not is answered as if it were not there
 * @param targets at least one, in the order in which they were written
 */
public record Alias(Kind kind, boolean active, List<Target> targets) {
  /** Who may write in an alias's name. */
  public enum Kind {
    /** Those to whom it leads. */
    ALIAS,
    /** Nobody, unless it was granted: its members are many. */
    LIST
  }

  public Alias {
    targets = List.copyOf(targets);
    if (targets.isEmpty()) {
      throw new IllegalArgumentException("an alias without a target");
    }
  }
}
