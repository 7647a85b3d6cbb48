package dovetail.lookup.map;

import dovetail.mail.Address;
import java.util.List;
import java.util.Optional;
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
      case Expansion.Ends(Reason reason) -> Finding.nothing(reason);
      case Expansion.Unknown(String why) -> Finding.unavailable(why);
    };
  }

  private Finding find(AddressKey key, Expansion.To to) {
    Optional<Finding> trouble =
        to.reason() == Reason.ALIAS_DOMAIN // which ends at the mailbox that was seen
            ? Optional.empty()
            : new AliasWalk(expansions).trouble(key, to);
    return trouble.orElseGet(() -> Finding.found(list(to.targets()), to.reason()));
  }

  private static String list(List<Address> targets) {
    return targets.size() == 1
        ? targets.getFirst().toString()
        : targets.stream().map(Address::toString).collect(Collectors.joining(","));
  }
}
