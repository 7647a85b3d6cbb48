package dovetail.milter.filter;

import dovetail.authres.AuthenticationResultsWriter;
import dovetail.authres.AuthservId;
import dovetail.mail.HeaderField;
import dovetail.milter.wire.Edit;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The Authentication-Results fields of one message that claim to be ours (RFC 8601 5), and what the
 * Received fields say of where they come from. All fields pass by here, from the top, also those
 * that the limits do not let in: no forged one may stay.
 */
final class ForgedResults {
  private final Set<String> ours;
  private final ReceivedClients received;
  private final List<Integer> all = new ArrayList<>(1);
  private final List<Integer> belowStranger = new ArrayList<>(1);
  private int occurrences;
  private boolean stranger;

  /**
   * @param ours all names under which we write, or have written, such fields
   * @param received which clients are trusted
   */
  ForgedResults(Set<String> ours, ReceivedClients received) {
    this.ours = ours;
    this.received = received;
  }

  void note(HeaderField field) {
    if (field.is("Received")) {
      stranger |= received.namesStranger(field);
    } else if (field.is(AuthenticationResultsWriter.NAME)) {
      occurrences++;
      if (AuthservId.claims(field, ours)) {
        all.add(occurrences);
        if (stranger) {
          belowStranger.add(occurrences);
        }
      }
    }
  }

  /** Whether a Received field names a client that is not trusted. */
  boolean cameFromElsewhere() {
    return stranger;
  }

  /**
   * Whether one of them may be ours: we write above the Received field of the same pass, so what
   * stands below one that names a stranger was brought by the stranger.
   */
  boolean mayBeOurs() {
    return all.size() > belowStranger.size();
  }

  /** Takes out those that cannot be ours in mail that was here before. */
  List<Edit> removalsBelowStranger() {
    return removals(belowStranger);
  }

  /** Takes all of them out. */
  List<Edit> removals() {
    return removals(all);
  }

  /** Last to first, since deleting renumbers. */
  private static List<Edit> removals(List<Integer> occurrences) {
    List<Edit> removals = new ArrayList<>(occurrences.size());
    for (int occurrence : occurrences.reversed()) {
      removals.add(new Edit.DeleteHeader(AuthenticationResultsWriter.NAME, occurrence));
    }
    return removals;
  }
}
