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

  /**
   * The same for the bytes alone; how many messages there are stays as it is.
   *
   * @param mailbox its address, canonical
   */
  void putBytes(Address mailbox, long bytes) throws UnavailableException;

  /**
   * The same for the number of messages alone; how many bytes they have stays as it is.
   *
   * @param mailbox its address, canonical
   */
  void putMessages(Address mailbox, long messages) throws UnavailableException;
}
