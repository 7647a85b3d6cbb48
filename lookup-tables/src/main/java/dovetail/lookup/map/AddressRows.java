package dovetail.lookup.map;

import dovetail.directory.search.AddressKey;
import dovetail.directory.search.Extension;
import dovetail.directory.search.Place;
import dovetail.lookup.wire.Reply;
import dovetail.mail.Address;
import java.util.Optional;

/**
 * Rows by address: the address itself, it without its extension, {@code @domain}.
 *
 * @param propagating whether values are addresses to which the extension is handed on: Postfix does
 *     that only with those that it has taken off itself
 */
record AddressRows(boolean propagating) {
  Finding covering(Rows rows, AddressKey key, String delimiters) {
    for (Place place : Place.of(key, key.canonical().domain(), delimiters)) {
      Optional<Finding> row = rows.get(place.address());
      if (row.isPresent()) {
        return propagating ? extended(row.get(), place.extension(), delimiters) : row.get();
      }
    }
    return rows.get("@" + key.canonical().domain()).orElseGet(() -> Finding.nothing(Reason.NO_ROW));
  }

  /** The row with the extension at its address, if it is one that has none. */
  private static Finding extended(Finding row, String extension, String delimiters) {
    if (extension.isEmpty() || !(row.reply() instanceof Reply.Ok(String value))) {
      return row;
    }
    return Address.parse(value)
        .filter(address -> Extension.start(address.localPart(), delimiters) < 0)
        .map(address -> Extension.append(address, extension))
        .map(address -> Finding.found(address.toString(), row.reason()))
        .orElse(row);
  }
}
