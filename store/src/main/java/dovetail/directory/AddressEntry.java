package dovetail.directory;

import java.util.Optional;

/**
 * What stands at an address; at least one of both. An alias beside a mailbox says where its mail
 * goes, into the mailbox only if it is one of the targets.
 */
public record AddressEntry(Optional<Mailbox> mailbox, Optional<Alias> alias) {
  public AddressEntry {
    if (mailbox.isEmpty() && alias.isEmpty()) {
      throw new IllegalArgumentException("nothing stands there");
    }
  }
}
