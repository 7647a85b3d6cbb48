package dovetail.lookup.map;

import dovetail.directory.AddressEntry;
import dovetail.directory.Alias;
import dovetail.directory.Directory;
import dovetail.directory.DomainEntry;
import dovetail.directory.Lookup;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;

/** The lists of recipients, by which smtpd refuses those that do not exist. */
final class RecipientMaps {
  private RecipientMaps() {}

  /**
   * {@code virtual_mailbox_maps}: mailboxes that receive. Not aliases, which {@code
   * virtual_alias_maps} has, nor what a catch-all takes.
   */
  static LookupMap mailbox(Directory directory) {
    return recipients(key ->
        switch (Hosting.of(directory, key.canonical().domain())) {
          case Hosting.At at when at.domain().kind() == DomainEntry.Kind.MAILBOX ->
              standing(directory, key, at, RecipientMaps::mailbox)
                  .orElseGet(() -> Finding.nothing(Reason.NO_SUCH_ADDRESS));
          case Hosting.At _ -> Finding.nothing(Reason.OTHER_KIND);
          case Hosting.None(Reason reason) -> Finding.nothing(reason);
          case Hosting.Unknown(String why) -> Finding.unavailable(why);
        });
  }

  /** {@code relay_recipient_maps}: all to whom mail of a relay domain can go. */
  static LookupMap relay(Directory directory) {
    return recipients(key ->
        switch (relaying(directory, key)) {
          case Hosting.At at ->
              standing(directory, key, at, RecipientMaps::anything)
                  .orElseGet(() -> catchAll(key, at));
          case Hosting.None(Reason reason) -> Finding.nothing(reason);
          case Hosting.Unknown(String why) -> Finding.unavailable(why);
        });
  }

  private static Hosting relaying(Directory directory, AddressKey key) {
    return switch (Hosting.of(directory, key.canonical().domain())) {
      case Hosting.At at when at.domain().kind() != DomainEntry.Kind.RELAY ->
          new Hosting.None(Reason.OTHER_KIND);
      case Hosting.None(Reason reason) when reason == Reason.NOT_OURS ->
          Hosting.relayAbove(directory, key.canonical().domain());
      case Hosting known -> known;
    };
  }

  /** What the first place says at which something is that counts; nothing if there is none. */
  private static Optional<Finding> standing(
      Directory directory,
      AddressKey key,
      Hosting.At at,
      BiFunction<Place, AddressEntry, Optional<Finding>> rule) {
    for (Place place : places(key, at)) {
      switch (directory.address(place.address())) {
        case Lookup.Unavailable<AddressEntry>(String why) -> {
          return Optional.of(Finding.unavailable(why));
        }
        case Lookup.Found<AddressEntry>(AddressEntry entry) -> {
          Optional<Finding> finding = rule.apply(place, entry);
          if (finding.isPresent()) {
            return finding;
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

  private static Optional<Finding> mailbox(Place place, AddressEntry entry) {
    return entry
        .mailbox()
        .map(mailbox ->
            mailbox.receive()
                ? found(place, Reason.MAILBOX)
                : Finding.nothing(Reason.NOT_RECEIVING));
  }

  private static Optional<Finding> anything(Place place, AddressEntry entry) {
    return entry.alias().filter(Alias::active).isPresent()
        ? Optional.of(found(place, Reason.ALIAS))
        : mailbox(place, entry);
  }

  private static Finding catchAll(AddressKey key, Hosting.At at) {
    return at.domain().catchAll().filter(Alias::active).isPresent()
        ? Finding.found(key.canonical().toString(), Reason.CATCH_ALL)
        : Finding.nothing(Reason.NO_SUCH_ADDRESS);
  }

  private static Finding found(Place place, Reason reason) {
    return Finding.found(place.address().toString(), reason);
  }

  private static LookupMap recipients(Function<AddressKey, Finding> rule) {
    return new ReasonedMap(
        key -> AddressKey.parse(key).map(rule).orElseGet(() -> Finding.nothing(Reason.NO_ADDRESS)));
  }
}
