package dovetail.lookup.map;

import dovetail.directory.Directory;
import dovetail.directory.DomainEntry;
import dovetail.directory.EntryMap;
import dovetail.directory.Lookup;
import dovetail.directory.search.AddressKey;
import dovetail.directory.search.Extension;
import dovetail.directory.search.Hosting;
import dovetail.directory.search.Missing;
import dovetail.directory.search.Place;
import dovetail.mail.Domain;
import java.util.Map;
import java.util.Optional;

/**
 * {@code transport_maps}: rows in the order of transport(5), and the transports of domains. What is
 * said of the smaller thing comes first: the address, it without its extension, the domain, the
 * nearest name above; at each of them a row comes before what belongs to the domain itself.
 */
record TransportMap(Directory directory, KnownRows known) {
  TransportMap(Directory directory) {
    this(directory, new KnownRows());
  }

  Finding find(String key) {
    return switch (directory.entries(EntryMap.TRANSPORT_MAPS)) {
      case Lookup.Unavailable<Map<String, String>>(String why) -> Finding.unavailable(why);
      case Lookup.Found<Map<String, String>>(Map<String, String> all) -> find(known.of(all), key);
      case Lookup.Absent<Map<String, String>>() -> find(new Rows(Map.of()), key);
    };
  }

  private Finding find(Rows rows, String key) {
    return AddressKey.parse(key)
        .map(address -> byAddress(rows, address))
        .or(() -> Domain.parse(key).map(domain -> byDomain(rows, domain)))
        // "*", for which Postfix asks when it has found nothing else.
        .orElseGet(() -> rows.byText(key));
  }

  private Finding byAddress(Rows rows, AddressKey key) {
    return rows.get(key.canonical())
        .orElseGet(() -> {
          Domain domain = key.canonical().domain();
          Hosting hosting = Hosting.of(directory, domain);
          return switch (hosting) {
            case Hosting.At at ->
                withoutExtension(rows, key, at.domain().delimiters())
                    .orElseGet(() -> byDomain(rows, domain, hosting));
            case Hosting.None _ ->
                withoutExtension(rows, key, Extension.USUAL_DELIMITERS)
                    .orElseGet(() -> byDomain(rows, domain, hosting));
            case Hosting.Unknown(String why) -> Finding.unavailable(why);
          };
        });
  }

  private static Optional<Finding> withoutExtension(Rows rows, AddressKey key, String delimiters) {
    return rows.get(Place.of(key, key.canonical().domain(), delimiters).getLast().address());
  }

  private Finding byDomain(Rows rows, Domain domain) {
    return rows.get(domain.ascii())
        .orElseGet(() -> byDomain(rows, domain, Hosting.of(directory, domain)));
  }

  private Finding byDomain(Rows rows, Domain domain, Hosting hosting) {
    Optional<Finding> row = rows.get(domain.ascii());
    if (row.isPresent()) {
      return row.get();
    }
    return switch (hosting) {
      case Hosting.At(DomainEntry.Hosted hosted, _) ->
          transport(hosted).orElseGet(() -> above(rows, domain, false));
      case Hosting.None(Missing why) -> above(rows, domain, why == Missing.NOT_OURS);
      case Hosting.Unknown(String why) -> Finding.unavailable(why);
    };
  }

  /**
   * What is said of names below others.
   *
   * @param relayed whether the name may be relayed by a domain above it, being none of ours itself
   */
  private Finding above(Rows rows, Domain domain, boolean relayed) {
    boolean relaying = relayed;
    Optional<Domain> above = domain.parent();
    while (above.isPresent()) {
      Optional<Finding> found = rows.get("." + above.get());
      if (found.isEmpty() && relaying) {
        switch (Hosting.relaying(directory, above.get())) {
          case Hosting.Unknown(String why) -> {
            return Finding.unavailable(why);
          }
          case Hosting.At at -> {
            relaying = false;
            found = transport(at.domain());
          }
          case Hosting.None _ -> {}
        }
      }
      if (found.isPresent()) {
        return found.get();
      }
      above = above.get().parent();
    }
    return Finding.nothing(Reason.NO_ROW);
  }

  private static Optional<Finding> transport(DomainEntry.Hosted domain) {
    return domain.transport().map(value -> Finding.found(value, Reason.DOMAIN_TRANSPORT));
  }
}
