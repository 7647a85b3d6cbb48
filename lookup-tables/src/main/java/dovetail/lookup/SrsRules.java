package dovetail.lookup;

import dovetail.mail.Domain;
import dovetail.srs.SrsSettings;
import java.util.List;

/**
 * What SRS is to do.
 *
 * @param settings how addresses are written
 * @param local domains whose senders keep their addresses, beside the virtual mailbox domains
 */
public record SrsRules(SrsSettings settings, List<Domain> local) {
  /** Takes a copy of the list. */
  public SrsRules {
    local = List.copyOf(local);
  }
}
