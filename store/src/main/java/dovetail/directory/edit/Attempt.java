package dovetail.directory.edit;

import java.util.List;

/**
 * What came of changes of which some may have been refused.
 *
 * @param made how many were made
 * @param refused the others
 */
public record Attempt(long made, List<Refused> refused) {
  public Attempt {
    refused = List.copyOf(refused);
  }

  /** A change that cannot be made, and why. */
  public record Refused(Row row, String why) {
    @Override
    public String toString() {
      return row + ": " + why;
    }
  }
}
