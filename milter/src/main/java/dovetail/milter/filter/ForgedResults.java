package dovetail.milter.filter;

import dovetail.authres.AuthenticationResultsWriter;
import dovetail.authres.AuthservId;
import dovetail.mail.HeaderField;
import dovetail.milter.wire.Edit;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The Authentication-Results fields of one message that claim to be ours (RFC 8601 5). All fields
 * pass by here, also those that the limits do not let in: none of them may stay.
 */
final class ForgedResults {
  private final Set<String> ours;
  private final List<Integer> claiming = new ArrayList<>(1);
  private int occurrences;

  /**
   * @param ours all names under which we write, or have written, such fields
   */
  ForgedResults(Set<String> ours) {
    this.ours = ours;
  }

  void note(HeaderField field) {
    if (field.is(AuthenticationResultsWriter.NAME)) {
      occurrences++;
      if (AuthservId.claims(field, ours)) {
        claiming.add(occurrences);
      }
    }
  }

  boolean any() {
    return !claiming.isEmpty();
  }

  /** Takes them out, last to first, since deleting renumbers. */
  List<Edit> removals() {
    List<Edit> removals = new ArrayList<>(claiming.size());
    for (int occurrence : claiming.reversed()) {
      removals.add(new Edit.DeleteHeader(AuthenticationResultsWriter.NAME, occurrence));
    }
    return removals;
  }
}
