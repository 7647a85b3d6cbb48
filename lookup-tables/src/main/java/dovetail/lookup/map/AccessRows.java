package dovetail.lookup.map;

import dovetail.directory.search.AddressKey;
import dovetail.directory.search.Place;
import java.util.List;
import java.util.Optional;

/**
 * Rows of an access table by address, in the order of access(5): the address itself, it without its
 * extension, its domain and those above, {@code user@} anywhere.
 */
final class AccessRows {
  private AccessRows() {}

  static Finding covering(Rows rows, AddressKey key, String delimiters) {
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
