package dovetail.policy.rule;

import dovetail.mail.Address;

/** How much room mailboxes have. For any thread; may wait for a database. */
@FunctionalInterface
public interface Rooms {
  /** The room in that mailbox. */
  Room of(Address mailbox);

  /** The room in a mailbox. */
  sealed interface Room {
    /** It may hold anything, or nobody has told yet what it holds. */
    record Open() implements Room {}

    /**
     * It may hold so much.
     *
     * @param used bytes
     * @param quota bytes, more than 0
     */
    record Limited(long used, long quota) implements Room {}

    /** Nobody can say at the moment. */
    record Unknown(String why) implements Room {}
  }
}
