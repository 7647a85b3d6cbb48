package dovetail.policy.source;

import dovetail.directory.Directory;
import dovetail.policy.rule.Residents;

/** What rules know of those who are hosted here, by the directory. */
public final class StoredResidents {
  private StoredResidents() {}

  /**
   * By what that directory holds; it is asked for each request, so let it be one that remembers.
   */
  public static Residents of(Directory directory) {
    return new Residents(
        new StoredSenders(directory), new StoredRecipients(directory), new StoredRooms(directory));
  }
}
