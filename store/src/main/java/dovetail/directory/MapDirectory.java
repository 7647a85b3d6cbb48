package dovetail.directory;

import dovetail.mail.Address;
import dovetail.mail.Domain;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A directory in memory, for tests and examples. For one thread at a time. */
public final class MapDirectory implements Directory {
  private final Map<Domain, DomainEntry> domains = new HashMap<>();
  private final Map<Address, AddressEntry> addresses = new HashMap<>();
  private final Map<GrantScope, List<Address>> grants = new HashMap<>();
  private final Map<EntryMap, Map<String, String>> entries = new EnumMap<>(EntryMap.class);
  private final Map<String, RelayHost> relayHosts = new HashMap<>();
  private final Set<String> bulkSenders = new HashSet<>();
  private final Map<Address, Usage> usages = new HashMap<>();
  private Optional<String> trouble = Optional.empty();

  /** Puts a domain, instead of what was there. */
  public MapDirectory put(DomainEntry entry) {
    domains.put(entry.name(), entry);
    return this;
  }

  /** Puts what stands at an address, instead of what was there. */
  public MapDirectory put(Address address, AddressEntry entry) {
    addresses.put(address, entry);
    return this;
  }

  /** Grants a right to a login. */
  public MapDirectory grant(GrantScope scope, Address login) {
    grants.computeIfAbsent(scope, _ -> new ArrayList<>()).add(login);
    return this;
  }

  /** Puts a row. */
  public MapDirectory put(EntryMap map, String key, String value) {
    entries.computeIfAbsent(map, _ -> new HashMap<>()).put(key, value);
    return this;
  }

  /** Puts a relay host for a sender, {@code @domain} or {@code *}. */
  public MapDirectory put(String sender, RelayHost host) {
    relayHosts.put(sender, host);
    return this;
  }

  /** Adds an account or a domain that sends to many. */
  public void putBulkSender(String subject) {
    bulkSenders.add(subject);
  }

  /** Puts how much a mailbox holds. */
  public MapDirectory put(Address mailbox, Usage usage) {
    usages.put(mailbox, usage);
    return this;
  }

  /** From now on nobody can say anything, until this is called with nothing. */
  public void unavailable(Optional<String> why) {
    trouble = why;
  }

  @Override
  public Lookup<DomainEntry> domain(Domain name) {
    return answer(Optional.ofNullable(domains.get(name)));
  }

  @Override
  public Lookup<AddressEntry> address(Address address) {
    return answer(Optional.ofNullable(addresses.get(address)));
  }

  @Override
  public Lookup<Map<Address, AddressEntry>> addresses(Domain domain, int most) {
    Map<Address, AddressEntry> found = new HashMap<>(addresses);
    found.keySet().removeIf(address -> !address.domain().equals(domain));
    return answer(Optional.of(Map.copyOf(found)).filter(all -> all.size() <= most));
  }

  @Override
  public Lookup<List<Address>> grantees(GrantScope scope) {
    return answer(Optional.of(List.copyOf(grants.getOrDefault(scope, List.of()))));
  }

  @Override
  public Lookup<Map<String, String>> entries(EntryMap map) {
    return answer(Optional.of(Map.copyOf(entries.getOrDefault(map, Map.of()))));
  }

  @Override
  public Lookup<Set<String>> bulkSenders() {
    return answer(Optional.of(Set.copyOf(bulkSenders)));
  }

  @Override
  public Lookup<Map<String, RelayHost>> relayHosts() {
    return answer(Optional.of(Map.copyOf(relayHosts)));
  }

  @Override
  public Lookup<Usage> usage(Address mailbox) {
    return answer(Optional.ofNullable(usages.get(mailbox)));
  }

  private <T> Lookup<T> answer(Optional<T> known) {
    return trouble.<Lookup<T>>map(Lookup.Unavailable::new).orElseGet(() -> Lookup.known(known));
  }
}
