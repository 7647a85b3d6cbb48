package dovetail.lookup.map;

import dovetail.mail.Address;
import java.util.List;

/** What becomes of mail for an address in one step. */
sealed interface Expansion {
  /** It goes on to others; the address itself may be among them. */
  record To(List<Address> targets, Reason reason) implements Expansion {
    public To {
      targets = List.copyOf(targets);
    }
  }

  /** It has reached a mailbox, which that address names. */
  record Stays(Address address) implements Expansion {}

  /** No alias has anything to say about it. */
  record Ends(Reason reason) implements Expansion {}

  /** Nobody can say at the moment. */
  record Unknown(String why) implements Expansion {}
}
