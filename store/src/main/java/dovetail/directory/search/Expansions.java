package dovetail.directory.search;

import dovetail.directory.AddressEntry;
import dovetail.directory.Alias;
import dovetail.directory.Directory;
import dovetail.directory.DomainEntry;
import dovetail.directory.Lookup;
import dovetail.directory.Mailbox;
import dovetail.directory.Target;
import dovetail.mail.Address;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One step from an address to those who get its mail. In this order: what stands at the address,
 * what stands at it without its extension, who gets what has no address. At each place an alias
 * comes before a mailbox, since its targets say whether the mailbox is one of them.
 */
public final class Expansions {
  private final Directory directory;

  /** By what that directory holds. */
  public Expansions(Directory directory) {
    this.directory = directory;
  }

  /** What becomes of mail for an address. */
  public Expansion of(AddressKey key) {
    return switch (Hosting.of(directory, key.canonical().domain())) {
      case Hosting.At at -> at(key, at);
      case Hosting.None(Missing why) -> new Expansion.Ends(why);
      case Hosting.Unknown(String why) -> new Expansion.Unknown(why);
    };
  }

  /**
   * How far what is behind an address leads.
   *
   * @param first the first step, as {@link #of} has told it
   */
  public Reach behind(AddressKey key, Expansion.To first) {
    return first.by() == Standing.ALIAS_DOMAIN // which ends at the mailbox that was seen
        ? new Reach.Ends(first.targets().stream().map(AddressKey::of).toList(), false)
        : new AliasWalk(this).reach(key, first);
  }

  private Expansion at(AddressKey key, Hosting.At at) {
    Missing nothing = Missing.NO_SUCH_ADDRESS;
    for (Place place : Place.of(key, at)) {
      switch (directory.address(place.address())) {
        case Lookup.Unavailable<AddressEntry>(String why) -> {
          return new Expansion.Unknown(why);
        }
        case Lookup.Found<AddressEntry>(AddressEntry entry) -> {
          Optional<Expansion> expansion = standing(entry, key, place, at);
          if (expansion.isPresent()) {
            return expansion.get();
          }
          nothing = Missing.ALIAS_OFF;
        }
        case Lookup.Absent<AddressEntry>() -> {}
      }
    }
    return catchAll(key, at.domain(), nothing);
  }

  /** Nothing if all that stands there is switched off. */
  private static Optional<Expansion> standing(
      AddressEntry entry, AddressKey key, Place place, Hosting.At at) {
    Optional<Alias> alias = entry.alias().filter(Alias::active);
    if (alias.isPresent()) {
      List<Address> targets =
          targets(alias.get(), key.written(), place.extension(), at.domain().delimiters());
      return Optional.of(new Expansion.To(targets, Standing.ALIAS));
    }
    return entry.mailbox().map(mailbox -> mailbox(mailbox, place, at.otherName()));
  }

  private static Expansion mailbox(Mailbox mailbox, Place place, boolean otherName) {
    if (!mailbox.receive()) {
      return new Expansion.Ends(Missing.NOT_RECEIVING);
    }
    return otherName
        ? new Expansion.To(List.of(place.whole()), Standing.ALIAS_DOMAIN)
        : new Expansion.Stays(place.whole());
  }

  private static Expansion catchAll(AddressKey key, DomainEntry.Hosted domain, Missing otherwise) {
    return domain
        .catchAll()
        .filter(Alias::active)
        .<Expansion>map(
            alias -> new Expansion.To(targets(alias, key.written(), "", ""), Standing.CATCH_ALL))
        .orElseGet(() -> new Expansion.Ends(otherwise));
  }

  /**
   * The addresses to which an alias leads, each once.
   *
   * @param recipient whose mail it is, as it was written
   * @param extension what was left out of it to find the alias; Postfix puts only those back that
   *     it has taken off itself
   * @param delimiters by which a target is seen to have an extension of its own, which it keeps
   */
  static List<Address> targets(
      Alias alias, Address recipient, String extension, String delimiters) {
    Set<Address> targets = new LinkedHashSet<>();
    for (Target target : alias.targets()) {
      targets.add(
          switch (target) {
            case Target.SameLocalPart all -> all.of(recipient);
            case Target.One(Address address) ->
                Extension.start(address.localPart(), delimiters) >= 0
                    ? address
                    : Extension.append(address, extension);
          });
    }
    return new ArrayList<>(targets);
  }
}
