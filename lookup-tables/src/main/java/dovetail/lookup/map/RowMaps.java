package dovetail.lookup.map;

import dovetail.directory.Directory;
import dovetail.directory.EntryMap;
import dovetail.directory.Lookup;
import java.util.Map;

/** The maps that are nothing but rows. */
final class RowMaps {
  private RowMaps() {}

  /** How a key finds its row. */
  private interface Rule {
    Finding find(Rows rows, String key);
  }

  static LookupMap of(Directory directory, EntryMap map) {
    return switch (map) {
      case CANONICAL_MAPS, SENDER_CANONICAL_MAPS, RECIPIENT_CANONICAL_MAPS ->
          byAddress(directory, map, new AddressRows(true)::covering);
      case SENDER_BCC_MAPS, RECIPIENT_BCC_MAPS, SENDER_DEPENDENT_DEFAULT_TRANSPORT_MAPS ->
          byAddress(directory, map, new AddressRows(false)::covering);
      case CHECK_CLIENT_ACCESS -> rows(directory, map, new ClientRows()::find);
      case CHECK_HELO_ACCESS -> rows(directory, map, Rows::byDomain);
      case CHECK_SENDER_ACCESS, CHECK_RECIPIENT_ACCESS ->
          byAddress(directory, map, AccessRows::covering);
      case CHECK_SASL_ACCESS -> rows(directory, map, Rows::byLogin);
      case SMTP_TLS_POLICY_MAPS -> rows(directory, map, Rows::byName);
      case TRANSPORT_MAPS -> new ReasonedMap(new TransportMap(directory)::find);
    };
  }

  private static LookupMap byAddress(
      Directory directory, EntryMap map, AddressSearch.Covering covering) {
    return rows(directory, map, new AddressSearch(directory, covering)::find);
  }

  private static LookupMap rows(Directory directory, EntryMap map, Rule rule) {
    KnownRows known = new KnownRows();
    return new ReasonedMap(key ->
        switch (directory.entries(map)) {
          case Lookup.Unavailable<Map<String, String>>(String why) -> Finding.unavailable(why);
          case Lookup.Found<Map<String, String>>(Map<String, String> all) when !all.isEmpty() ->
              rule.find(known.of(all), key);
          case Lookup.Found<Map<String, String>> _, Lookup.Absent<Map<String, String>> _ ->
              Finding.nothing(Reason.NO_ROW);
        });
  }
}
