package dovetail.policy.source;

import dovetail.directory.Directory;
import dovetail.directory.EntryMap;
import dovetail.directory.Lookup;
import dovetail.directory.search.AddressKey;
import dovetail.directory.search.Place;
import dovetail.mail.Address;
import dovetail.mail.Domain;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * By which rows Postfix puts another address in a recipient's place, before it looks for either.
 * For any thread.
 */
final class CanonicalRows {
  private static final List<EntryMap> MAPS =
      List.of(EntryMap.RECIPIENT_CANONICAL_MAPS, EntryMap.CANONICAL_MAPS);

  private final Directory directory;

  /** The keys of the rows that were there last: they come in many spellings, and rarely change. */
  private final Map<EntryMap, Known> known = new ConcurrentHashMap<>();

  private record Known(Map<String, String> rows, Set<String> keys) {
    static Known of(Map<String, String> rows) {
      return new Known(
          rows,
          rows.keySet().stream()
              .map(CanonicalRows::inOneForm)
              .collect(Collectors.toUnmodifiableSet()));
    }
  }

  CanonicalRows(Directory directory) {
    this.directory = directory;
  }

  /**
   * The map that has a row for a recipient.
   *
   * @param delimiters of its domain
   */
  Lookup<EntryMap> of(Address recipient, String delimiters) {
    Set<String> keys = keys(recipient, delimiters);
    for (EntryMap map : MAPS) {
      switch (directory.entries(map)) {
        case Lookup.Found<Map<String, String>>(Map<String, String> rows) -> {
          if (keys.stream().anyMatch(keysOf(map, rows)::contains)) {
            return new Lookup.Found<>(map);
          }
        }
        case Lookup.Absent<Map<String, String>>() -> {}
        case Lookup.Unavailable<Map<String, String>>(String why) -> {
          return new Lookup.Unavailable<>(why);
        }
      }
    }
    return new Lookup.Absent<>();
  }

  @SuppressWarnings("ReferenceEquality") // the same rows are the same object while they are kept
  private Set<String> keysOf(EntryMap map, Map<String, String> rows) {
    Known last = known.get(map);
    if (last == null || last.rows() != rows) {
      last = Known.of(rows);
      known.put(map, last);
    }
    return last.keys();
  }

  private static Set<String> keys(Address recipient, String delimiters) {
    Set<String> keys = new HashSet<>();
    Place.of(AddressKey.of(recipient), recipient.domain(), delimiters)
        .forEach(place -> keys.add(place.address().toString()));
    keys.add("@" + recipient.domain());
    return keys;
  }

  private static String inOneForm(String key) {
    return (key.startsWith("@")
            ? Domain.parse(key.substring(1)).map(domain -> "@" + domain)
            : AddressKey.parse(key).map(address -> address.canonical().toString()))
        .orElseGet(() -> key.toLowerCase(Locale.ROOT));
  }
}
