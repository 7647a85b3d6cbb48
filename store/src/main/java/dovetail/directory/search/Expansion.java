package dovetail.directory.search;

import dovetail.mail.Address;
import java.util.List;

/** What becomes of mail for an address in one step. */
public sealed interface Expansion {
  /** It goes on to others; the address itself may be among them. */
  record To(List<Address> targets, Standing by) implements Expansion {
    public To {
      targets = List.copyOf(targets);
    }
  }

  /** It has reached a mailbox, which that address names. */
  record Stays(Address address) implements Expansion {}

  /** No alias has anything to say about it. */
  record Ends(Missing why) implements Expansion {}

  /** Nobody can say at the moment. */
  record Unknown(String why) implements Expansion {}
}
