package dovetail.lookup.map;

import dovetail.directory.search.AddressKey;
import dovetail.directory.search.Expansion;
import dovetail.directory.search.Expansions;
import dovetail.directory.search.Missing;
import dovetail.directory.search.Reach;
import dovetail.mail.Address;
import java.util.List;
import java.util.stream.Collectors;

/**
 * {@code virtual_alias_maps}: where mail for an address goes on. A mailbox is answered with itself,
 * which ends Postfix's search, so that no catch-all takes its mail. Domains are never found here:
 * {@code virtual_alias_domains} is this map unless it is set, and would take them for its own.
 */
record VirtualAliasMap(Expansions expansions) {
  Finding find(String key) {
    return AddressKey.parse(key)
        .map(this::find)
        .orElseGet(() -> Finding.nothing(Reason.NO_ADDRESS));
  }

  private Finding find(AddressKey key) {
    return switch (expansions.of(key)) {
      case Expansion.To to -> find(key, to);
      case Expansion.Stays(Address address) -> Finding.found(address.toString(), Reason.MAILBOX);
      case Expansion.Ends(Missing why) -> Finding.nothing(why);
      case Expansion.Unknown(String why) -> Finding.unavailable(why);
    };
  }

  private Finding find(AddressKey key, Expansion.To to) {
    return switch (expansions.behind(key, to)) {
      case Reach.Ends _ -> Finding.found(list(to.targets()), Reason.of(to.by()));
      case Reach.Endless(Reach.Fault fault, String text) -> Finding.refused(Reason.of(fault), text);
      case Reach.Unknown(String why) -> Finding.unavailable(why);
    };
  }

  private static String list(List<Address> targets) {
    return targets.size() == 1
        ? targets.getFirst().toString()
        : targets.stream().map(Address::toString).collect(Collectors.joining(","));
  }
}
