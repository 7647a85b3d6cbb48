package dovetail.policy.rule;

import dovetail.mail.Address;
import java.util.Set;

/** What becomes of mail for an address. For any thread; may wait for a database. */
@FunctionalInterface
public interface Recipients {
  /** Where mail for that address, which is canonical, goes. */
  Destination of(Address recipient);

  /** Where mail for an address goes. */
  sealed interface Destination {
    /**
     * It is taken.
     *
     * @param mailboxes those of ours that get it; none if aliases lead to nothing of ours
     * @param elsewhere whether somebody gets it besides
     */
    record Mailboxes(Set<Address> mailboxes, boolean elsewhere) implements Destination {
      public Mailboxes {
        mailboxes = Set.copyOf(mailboxes);
      }
    }

    /**
     * That is not for us to say: it is not ours, relayed, or rewritten before it is looked for.
     *
     * @param why for the log
     */
    record Elsewhere(String why) implements Destination {}

    /**
     * The domain is ours, and the address does not exist.
     *
     * @param why for the log
     */
    record Nowhere(String why) implements Destination {}

    /** Nobody can say. */
    record Unknown(String why) implements Destination {}
  }
}
