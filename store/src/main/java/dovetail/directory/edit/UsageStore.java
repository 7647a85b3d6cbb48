package dovetail.directory.edit;

import dovetail.directory.Usage;
import dovetail.mail.Address;

/** Takes down how much mailboxes hold. For any thread. */
public interface UsageStore {
  /**
   * Puts what a mailbox holds now, instead of what was known; no change of the directory.
   *
   * @param mailbox its address, canonical
   */
  void put(Address mailbox, Usage usage) throws UnavailableException;
}
