package dovetail.directory.edit;

import dovetail.directory.Usage;
import dovetail.mail.Address;
import java.time.Instant;

/**
 * Takes down how much mailboxes hold. What is older than what is known already, by seconds, changes
 * nothing: a host may tell late, since its database was away. For any thread.
 */
public interface UsageStore {
  /**
   * Puts what a mailbox holds, instead of what was known; no change of the directory.
   *
   * @param mailbox its address, canonical
   * @param at when it held that
   */
  void put(Address mailbox, Usage usage, Instant at) throws UnavailableException;

  /**
   * The same for the bytes alone; how many messages there are stays as it is.
   *
   * @param mailbox its address, canonical
   * @param at when it held that
   */
  void putBytes(Address mailbox, long bytes, Instant at) throws UnavailableException;

  /**
   * The same for the number of messages alone; how many bytes they have stays as it is.
   *
   * @param mailbox its address, canonical
   * @param at when it held that
   */
  void putMessages(Address mailbox, long messages, Instant at) throws UnavailableException;
}
