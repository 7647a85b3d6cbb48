package dovetail.policy.source;

import dovetail.counter.GreylistEntry;
import dovetail.counter.GreylistStore;
import dovetail.counter.Standing;
import dovetail.directory.edit.UnavailableException;
import dovetail.policy.rule.Greylist;
import java.util.Optional;

/** The greylist of the database, to be looked at only: what would be noted is not. */
public final class TriedGreylist implements Greylist {
  private final GreylistStore store;

  public TriedGreylist(GreylistStore store) {
    this.store = store;
  }

  @Override
  public Optional<Standing> find(GreylistEntry entry, long enough) {
    try {
      return Optional.of(store.find(entry));
    } catch (UnavailableException _) {
      return Optional.empty();
    }
  }

  @Override
  public boolean begin(GreylistEntry entry, Standing.Mail mail) {
    return true;
  }

  @Override
  public void pass(GreylistEntry entry, Standing.Mail mail) {
    // Not noted.
  }

  @Override
  public void count(GreylistEntry entry, Standing.Client client) {
    // Not noted.
  }
}
