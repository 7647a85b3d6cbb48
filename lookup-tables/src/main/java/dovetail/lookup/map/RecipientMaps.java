package dovetail.lookup.map;

import dovetail.directory.Directory;
import dovetail.directory.search.AddressKey;
import dovetail.directory.search.Listing;
import dovetail.directory.search.Missing;
import dovetail.directory.search.Standing;
import dovetail.mail.Address;
import java.util.function.Function;

/** The lists of recipients, by which smtpd refuses those that do not exist. */
final class RecipientMaps {
  private RecipientMaps() {}

  /**
   * {@code virtual_mailbox_maps}: mailboxes that receive. Not aliases, which {@code
   * virtual_alias_maps} has, nor what a catch-all takes.
   */
  static LookupMap mailbox(Directory directory) {
    return recipients(key -> Listing.ofMailboxes(directory, key));
  }

  /** {@code relay_recipient_maps}: all to whom mail of a relay domain can go. */
  static LookupMap relay(Directory directory) {
    return recipients(key -> Listing.ofRelayed(directory, key));
  }

  private static LookupMap recipients(Function<AddressKey, Listing> list) {
    return new ReasonedMap(key ->
        AddressKey.parse(key)
            .map(list)
            .map(RecipientMaps::finding)
            .orElseGet(() -> Finding.nothing(Reason.NO_ADDRESS)));
  }

  private static Finding finding(Listing listing) {
    return switch (listing) {
      case Listing.Listed(Address address, Standing by) ->
          Finding.found(address.toString(), Reason.of(by));
      case Listing.Not(Missing why) -> Finding.nothing(why);
      case Listing.Unknown(String why) -> Finding.unavailable(why);
    };
  }
}
