package dovetail.directory.search;

import dovetail.directory.AddressEntry;
import dovetail.directory.Alias;
import dovetail.directory.Directory;
import dovetail.directory.GrantScope;
import dovetail.directory.Lookup;
import dovetail.directory.Mailbox;
import dovetail.mail.Address;
import dovetail.mail.Domain;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Looks for those who may send in the name of an address: its mailbox, those to whom an alias there
 * leads, those to whom it was granted. What has neither mailbox nor alias is its domain's
 * catch-all's. A mailbox that may not send owns nothing, whatever leads to it. For one use.
 */
final class OwnerSearch {
  /** More addresses behind a sender are not looked through: nobody means them all. */
  static final int MOST_ADDRESSES = 1_000;

  private final Directory directory;
  private final SortedSet<String> owners = new TreeSet<>();
  private final Set<Address> seen = new HashSet<>();
  private final Deque<Address> behind = new ArrayDeque<>();
  private Optional<Owners> trouble = Optional.empty();

  OwnerSearch(Directory directory) {
    this.directory = directory;
  }

  Owners find(AddressKey sender) {
    Domain domain = sender.canonical().domain();
    switch (Hosting.of(directory, domain)) {
      case Hosting.At at -> ofOurs(sender, at);
      case Hosting.None(Missing why) when why == Missing.NOT_OURS -> {
        granted(new GrantScope.One(sender.canonical()));
        granted(new GrantScope.WholeDomain(domain));
      }
      // Switched off: what was granted there is, too.
      case Hosting.None _ -> {}
      case Hosting.Unknown(String why) -> unknown(why);
    }
    granted(new GrantScope.Anybody());
    while (trouble.isEmpty() && !behind.isEmpty()) {
      follow(AddressKey.of(behind.remove()));
    }
    return trouble.orElseGet(() -> new Owners.Known(owners));
  }

  private void ofOurs(AddressKey sender, Hosting.At at) {
    Domain asked = sender.canonical().domain();
    boolean stands = false;
    for (Place place : Place.of(sender, at)) {
      if (!stands) {
        granted(new GrantScope.One(place.address()));
        if (at.otherName()) {
          granted(new GrantScope.One(new Address(place.address().localPart(), asked)));
        }
        stands = stands(place, sender, at);
      }
    }
    if (!stands) {
      at.domain().catchAll().ifPresent(alias -> lead(alias, sender, "", ""));
    }
    granted(new GrantScope.WholeDomain(at.domain().name()));
    if (at.otherName()) {
      granted(new GrantScope.WholeDomain(asked));
    }
  }

  private void follow(AddressKey key) {
    if (!seen.add(key.canonical())) {
      return;
    }
    if (seen.size() > MOST_ADDRESSES) {
      trouble = Optional.of(new Owners.TooMany(MOST_ADDRESSES));
      return;
    }
    switch (Hosting.of(directory, key.canonical().domain())) {
      case Hosting.At at -> {
        List<Place> places = Place.of(key, at);
        // The first at which something stands is the one that counts.
        boolean _ = places.stream().anyMatch(place -> stands(place, key, at));
      }
      case Hosting.None _ -> {}
      case Hosting.Unknown(String why) -> unknown(why);
    }
  }

  /** Takes what stands at a place; false if nothing does. */
  private boolean stands(Place place, AddressKey recipient, Hosting.At at) {
    return switch (directory.address(place.address())) {
      case Lookup.Unavailable<AddressEntry>(String why) -> {
        unknown(why);
        yield true;
      }
      case Lookup.Absent<AddressEntry>() -> false;
      case Lookup.Found<AddressEntry>(AddressEntry entry) -> {
        Optional<Alias> alias = entry.alias().filter(Alias::active);
        alias.ifPresent(
            active -> lead(active, recipient, place.extension(), at.domain().delimiters()));
        if (entry.mailbox().filter(Mailbox::send).isPresent()) {
          add(place.address());
        }
        yield alias.isPresent() || entry.mailbox().isPresent();
      }
    };
  }

  private void lead(Alias alias, AddressKey recipient, String extension, String delimiters) {
    if (alias.active() && alias.kind() == Alias.Kind.ALIAS) {
      behind.addAll(Expansions.targets(alias, recipient.written(), extension, delimiters));
    }
  }

  private void granted(GrantScope scope) {
    if (trouble.isPresent()) {
      return;
    }
    switch (directory.grantees(scope)) {
      case Lookup.Unavailable<List<Address>>(String why) -> unknown(why);
      case Lookup.Absent<List<Address>>() -> {}
      case Lookup.Found<List<Address>>(List<Address> logins) -> logins.forEach(this::addIfSending);
    }
  }

  private void addIfSending(Address login) {
    switch (Hosting.of(directory, login.domain())) {
      case Hosting.At at -> addIfSending(login, new Address(login.localPart(), at.domain().name()));
      // Who logs in with another's name is known to that other.
      case Hosting.None(Missing why) when why == Missing.NOT_OURS -> add(login);
      case Hosting.None _ -> {}
      case Hosting.Unknown(String why) -> unknown(why);
    }
  }

  private void addIfSending(Address login, Address mailbox) {
    switch (directory.address(mailbox)) {
      case Lookup.Unavailable<AddressEntry>(String why) -> unknown(why);
      case Lookup.Found<AddressEntry>(AddressEntry entry)
          when entry.mailbox().filter(Mailbox::send).isPresent() ->
          add(login);
      case Lookup.Found<AddressEntry> _, Lookup.Absent<AddressEntry> _ -> {}
    }
  }

  private void add(Address login) {
    owners.add(login.toString());
  }

  private void unknown(String why) {
    if (trouble.isEmpty()) {
      trouble = Optional.of(new Owners.Unavailable(why));
    }
  }
}
