package dovetail.lookup.map;

import dovetail.directory.Directory;
import dovetail.directory.EntryMap;
import dovetail.directory.search.Expansions;
import dovetail.lookup.mtasts.MtaSts;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * All maps by their names, which are those of the Postfix parameters that they serve. Immutable.
 */
public final class MapRegistry {
  private final Map<String, Entry> entries;

  private record Entry(LookupMap map, boolean secret) {}

  private MapRegistry(Map<String, Entry> entries) {
    this.entries = entries;
  }

  /** The maps that are made of a directory. */
  public static MapRegistry of(Directory directory) {
    Expansions expansions = new Expansions(directory);
    MapRegistry registry =
        new MapRegistry(Map.of())
            .with("virtual_mailbox_domains", DomainMaps.mailbox(directory))
            .with("virtual_alias_domains", DomainMaps.alias(directory))
            .with("relay_domains", DomainMaps.relay(directory))
            .with("virtual_mailbox_maps", RecipientMaps.mailbox(directory))
            .with("relay_recipient_maps", RecipientMaps.relay(directory))
            .with("virtual_alias_maps", new ReasonedMap(new VirtualAliasMap(expansions)::find))
            .with("smtpd_sender_login_maps", new ReasonedMap(new SenderLoginMap(directory)::find))
            .with("sender_dependent_relayhost_maps", RelayHostMaps.hosts(directory))
            .withSecret("smtp_sasl_password_maps", RelayHostMaps.passwords(directory));
    for (EntryMap map : EntryMap.values()) {
      registry = registry.with(map.parameter(), RowMaps.of(directory, map));
    }
    // Its rows count for both, so that Postfix can be told to ask for either.
    return registry.with(
        TlsPolicyMap.REPORTED, RowMaps.of(directory, EntryMap.SMTP_TLS_POLICY_MAPS));
  }

  /**
   * These maps, and a transport for senders that are known to send to many, where no row has one.
   *
   * @param transport {@code transport:nexthop}
   */
  public MapRegistry withBulkTransport(Directory directory, String transport) {
    String name = EntryMap.SENDER_DEPENDENT_DEFAULT_TRANSPORT_MAPS.parameter();
    return Optional.ofNullable(entries.get(name))
        .map(rows -> new BulkTransportMap(rows.map(), directory, transport))
        .map(map -> with(name, new ReasonedMap(map::find)))
        .orElseThrow(() -> new IllegalStateException("these maps have no rows for " + name));
  }

  /** These maps, and what domains ask for themselves where no row has a TLS policy for them. */
  public MapRegistry withMtaSts(MtaSts policies) {
    return withMtaSts(EntryMap.SMTP_TLS_POLICY_MAPS.parameter(), policies, false)
        .withMtaSts(TlsPolicyMap.REPORTED, policies, true);
  }

  private MapRegistry withMtaSts(String name, MtaSts policies, boolean reported) {
    return Optional.ofNullable(entries.get(name))
        .map(rows -> new TlsPolicyMap(rows.map(), policies, reported))
        .map(map -> with(name, new ReasonedMap(map::find)))
        .orElseThrow(() -> new IllegalStateException("these maps have no rows for " + name));
  }

  /** These maps, and that one in place of any with its name. */
  public MapRegistry with(String name, LookupMap map) {
    return put(name, new Entry(map, false));
  }

  /** These maps, and one that is answered on unix sockets only. */
  public MapRegistry withSecret(String name, LookupMap map) {
    return put(name, new Entry(map, true));
  }

  private MapRegistry put(String name, Entry entry) {
    Map<String, Entry> more = new HashMap<>(entries);
    more.put(name, entry);
    return new MapRegistry(more);
  }

  /** The names of all maps, in the order of the alphabet. */
  public Set<String> names() {
    return new TreeSet<>(entries.keySet());
  }

  /** Whether there is a map with that name. */
  public boolean has(String name) {
    return entries.containsKey(name);
  }

  /**
   * Asks a map.
   *
   * @param key nothing if what was sent can be no key
   * @param trusted whether the one who asks may see secrets
   */
  public Finding find(String name, Optional<String> key, boolean trusted) {
    Entry entry = entries.get(name);
    if (entry == null) {
      return Finding.refused(Reason.NO_MAP, "there is no map " + name);
    }
    if (entry.secret() && !trusted) {
      return Finding.refused(Reason.SECRET, name + " is answered on unix sockets only");
    }
    return key.isEmpty() ? Finding.nothing(Reason.NO_KEY) : entry.map().find(key.get());
  }
}
