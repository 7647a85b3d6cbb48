package dovetail.directory.search;

import dovetail.directory.Directory;
import dovetail.mail.Address;
import java.util.Set;

/** What becomes of mail for an address: as Postfix finds out by the lookup tables. */
public sealed interface Recipient {
  /**
   * It is taken, and goes into mailboxes.
   *
   * @param mailboxes those of ours, by their own addresses; none if all aliases lead elsewhere, or
   *     to addresses of ours that do not exist
   * @param elsewhere whether it also leads to addresses that are not ours, that other hosts deliver
   *     for us, or to more than are looked through
   */
  record Mailboxes(Set<Address> mailboxes, boolean elsewhere) implements Recipient {
    public Mailboxes {
      mailboxes = Set.copyOf(mailboxes);
    }
  }

  /** It is taken, and goes on under that address to another host, for which we relay. */
  record Relayed() implements Recipient {}

  /** The domain is none of ours, or it is switched off. */
  record NotOurs() implements Recipient {}

  /** The domain is ours, and has no such address, or the address does not receive. */
  record Unknown(Missing why) implements Recipient {}

  /**
   * Its aliases cannot be followed: Postfix takes nothing for it until they are put right.
   *
   * @param text what is wrong
   */
  record Endless(Reach.Fault fault, String text) implements Recipient {}

  /** Nobody can say at the moment. */
  record Unavailable(String why) implements Recipient {}

  /** Looks for those who get mail for an address. */
  static Recipient of(Directory directory, Address address) {
    return new RecipientSearch(directory).find(AddressKey.of(address));
  }
}
