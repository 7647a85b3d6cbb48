package dovetail.lookup.map;

import dovetail.directory.Directory;
import dovetail.directory.Lookup;
import dovetail.directory.search.AddressKey;
import dovetail.directory.search.Extension;
import dovetail.directory.search.Hosting;
import dovetail.directory.search.Place;
import dovetail.lookup.wire.Reply;
import dovetail.mail.Address;
import java.util.Optional;
import java.util.Set;

/**
 * {@code sender_dependent_default_transport_maps}: the rows, and a transport of their own for those
 * who are known to send to many ({@code dovetail limit set --bulk}): an account by its address,
 * with an extension or without, and all of a domain. Only mail for others leaves by it, which is
 * why it is not a FILTER of the policy daemon.
 */
record BulkTransportMap(LookupMap rows, Directory directory, String transport) {
  Finding find(String key) {
    Finding row = rows.find(key);
    if (!(row.reply() instanceof Reply.NotFound)) {
      return row;
    }
    Optional<AddressKey> sender = AddressKey.parse(key);
    return sender.isEmpty()
        ? row
        : switch (directory.bulkSenders()) {
          case Lookup.Unavailable<Set<String>>(String why) -> Finding.unavailable(why);
          case Lookup.Absent<Set<String>>() -> row;
          case Lookup.Found<Set<String>>(Set<String> bulk) when bulk.isEmpty() -> row;
          case Lookup.Found<Set<String>>(Set<String> bulk) -> of(bulk, sender.get(), row);
        };
  }

  private Finding of(Set<String> bulk, AddressKey sender, Finding otherwise) {
    if (bulk.contains(sender.canonical().domain().ascii())) {
      return Finding.found(transport, Reason.BULK);
    }
    return switch (Hosting.of(directory, sender.canonical().domain())) {
      case Hosting.At at -> of(bulk, sender, at.domain().delimiters(), otherwise);
      case Hosting.None _ -> of(bulk, sender, Extension.USUAL_DELIMITERS, otherwise);
      case Hosting.Unknown(String why) -> Finding.unavailable(why);
    };
  }

  private Finding of(Set<String> bulk, AddressKey sender, String delimiters, Finding otherwise) {
    boolean known =
        Place.of(sender, sender.canonical().domain(), delimiters).stream()
            .map(Place::address)
            .map(Address::toString)
            .anyMatch(bulk::contains);
    return known ? Finding.found(transport, Reason.BULK) : otherwise;
  }
}
