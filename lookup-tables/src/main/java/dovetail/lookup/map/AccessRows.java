package dovetail.lookup.map;

import dovetail.directory.Directory;
import java.util.List;
import java.util.Optional;

/**
 * Rows of an access table by address, in the order of access(5): the address itself, it without its
 * extension, its domain and those above, {@code user@} anywhere.
 */
record AccessRows(Directory directory) {
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
              case Hosting.At at -> covering(rows, key, at.domain().delimiters());
              case Hosting.None _ -> covering(rows, key, Extension.USUAL_DELIMITERS);
              case Hosting.Unknown(String why) -> Finding.unavailable(why);
            });
  }

  private static Finding covering(Rows rows, AddressKey key, String delimiters) {
    List<Place> places = Place.of(key, key.canonical().domain(), delimiters);
    for (Place place : places) {
      Optional<Finding> row = rows.get(place.address());
      if (row.isPresent()) {
        return row.get();
      }
    }
    Optional<Finding> row = rows.covering(key.canonical().domain());
    for (Place place : places) {
      row = row.or(() -> rows.get(Rows.anywhere(place.address())));
    }
    return row.orElseGet(() -> Finding.nothing(Reason.NO_ROW));
  }
}
