package dovetail.directory.search;

import dovetail.directory.AddressEntry;
import dovetail.directory.Alias;
import dovetail.directory.Directory;
import dovetail.directory.DomainEntry;
import dovetail.directory.Lookup;
import dovetail.mail.Address;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/** Whether an address is on one of the lists by which smtpd refuses those that do not exist. */
public sealed interface Listing {
  /**
   * It is.
   *
   * @param address where it stands
   * @param by what stands there
   */
  record Listed(Address address, Standing by) implements Listing {}

  /** It is not. */
  record Not(Missing why) implements Listing {}

  /** Nobody can say at the moment. */
  record Unknown(String why) implements Listing {}

  /**
   * On that of mailboxes that receive, at domains of mailboxes and their other names. Aliases are
   * not on it, nor what a catch-all takes.
   */
  static Listing ofMailboxes(Directory directory, AddressKey key) {
    return switch (Hosting.of(directory, key.canonical().domain())) {
      case Hosting.At at when at.domain().kind() == DomainEntry.Kind.MAILBOX ->
          standing(directory, key, at, Listing::mailbox)
              .orElseGet(() -> new Not(Missing.NO_SUCH_ADDRESS));
      case Hosting.At _ -> new Not(Missing.OTHER_KIND);
      case Hosting.None(Missing why) -> new Not(why);
      case Hosting.Unknown(String why) -> new Unknown(why);
    };
  }

  /** On that of all to whom mail of a relay domain can go. */
  static Listing ofRelayed(Directory directory, AddressKey key) {
    return switch (relaying(directory, key)) {
      case Hosting.At at ->
          standing(directory, key, at, Listing::anything).orElseGet(() -> catchAll(key, at));
      case Hosting.None(Missing why) -> new Not(why);
      case Hosting.Unknown(String why) -> new Unknown(why);
    };
  }

  private static Hosting relaying(Directory directory, AddressKey key) {
    return switch (Hosting.of(directory, key.canonical().domain())) {
      case Hosting.At at when at.domain().kind() != DomainEntry.Kind.RELAY ->
          new Hosting.None(Missing.OTHER_KIND);
      case Hosting.None(Missing why) when why == Missing.NOT_OURS ->
          Hosting.relayAbove(directory, key.canonical().domain());
      case Hosting known -> known;
    };
  }

  /** What the first place says at which something is that counts; nothing if there is none. */
  private static Optional<Listing> standing(
      Directory directory,
      AddressKey key,
      Hosting.At at,
      BiFunction<Place, AddressEntry, Optional<Listing>> rule) {
    for (Place place : places(key, at)) {
      switch (directory.address(place.address())) {
        case Lookup.Unavailable<AddressEntry>(String why) -> {
          return Optional.of(new Unknown(why));
        }
        case Lookup.Found<AddressEntry>(AddressEntry entry) -> {
          Optional<Listing> listing = rule.apply(place, entry);
          if (listing.isPresent()) {
            return listing;
          }
        }
        case Lookup.Absent<AddressEntry>() -> {}
      }
    }
    return Optional.empty();
  }

  /** Below a relay domain addresses stand at the name itself. */
  private static List<Place> places(AddressKey key, Hosting.At at) {
    return at.otherName()
        ? Place.of(key, at)
        : Place.of(key, key.canonical().domain(), at.domain().delimiters());
  }

  private static Optional<Listing> mailbox(Place place, AddressEntry entry) {
    return entry
        .mailbox()
        .map(mailbox ->
            mailbox.receive()
                ? new Listed(place.address(), Standing.MAILBOX)
                : new Not(Missing.NOT_RECEIVING));
  }

  private static Optional<Listing> anything(Place place, AddressEntry entry) {
    return entry.alias().filter(Alias::active).isPresent()
        ? Optional.of(new Listed(place.address(), Standing.ALIAS))
        : mailbox(place, entry);
  }

  private static Listing catchAll(AddressKey key, Hosting.At at) {
    return at.domain().catchAll().filter(Alias::active).isPresent()
        ? new Listed(key.canonical(), Standing.CATCH_ALL)
        : new Not(Missing.NO_SUCH_ADDRESS);
  }
}
