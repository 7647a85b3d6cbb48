package dovetail.lookup.map;

import dovetail.directory.Directory;
import dovetail.directory.search.AddressKey;
import dovetail.directory.search.Extension;
import dovetail.directory.search.Hosting;

/**
 * Looks for the row of an address: first by the address as it is, for which no domain need be
 * known, then in the way that the table has for what covers it.
 *
 * @param covering that way
 */
record AddressSearch(Directory directory, Covering covering) {
  /** How a table covers addresses that have no row of their own. */
  @FunctionalInterface
  interface Covering {
    /** Looks at an address with the delimiters of its domain. */
    Finding find(Rows rows, AddressKey key, String delimiters);
  }

  Finding find(Rows rows, String key) {
    if (Rows.isNullSender(key)) {
      return rows.nullSender();
    }
    return AddressKey.parse(key)
        .map(address -> find(rows, address))
        .orElseGet(() -> rows.byText(key));
  }

  private Finding find(Rows rows, AddressKey key) {
    return rows.get(key.canonical())
        .orElseGet(() ->
            switch (Hosting.of(directory, key.canonical().domain())) {
              case Hosting.At at -> covering.find(rows, key, at.domain().delimiters());
              case Hosting.None _ -> covering.find(rows, key, Extension.USUAL_DELIMITERS);
              case Hosting.Unknown(String why) -> Finding.unavailable(why);
            });
  }
}
