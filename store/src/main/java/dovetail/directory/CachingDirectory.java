package dovetail.directory;

import dovetail.mail.Address;
import dovetail.mail.Domain;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;

/**
 * A directory that remembers. While the one behind it is away it goes on with what it has found
 * before; what it had not found is unknown then. For any thread.
 */
public final class CachingDirectory implements Directory {
  /**
   * How long a question waits for a domain that is being read as a whole: asked singly meanwhile,
   * many would make that take longer, and it is over sooner for all if they do not.
   */
  private static final Duration PATIENCE = Duration.ofMillis(50);

  /** How old it may be what is said of mailboxes' contents, which nobody tells to have changed. */
  private static final Duration USAGE = Duration.ofSeconds(10);

  /** The key of what there is only one of. */
  private enum Only {
    ONE
  }

  private final Directory source;
  private final CacheCounts counts = new CacheCounts();
  private final LookupCache<Domain, DomainEntry> domains;
  private final LookupCache<Address, AddressEntry> addresses;
  private final LookupCache<GrantScope, List<Address>> grants;
  private final LookupCache<EntryMap, Map<String, String>> entries;
  private final LookupCache<Only, Map<String, RelayHost>> relayHosts;
  private final LookupCache<Only, Set<String>> bulkSenders;
  private final LookupCache<Address, Usage> usages;
  private final ReadAhead readAhead;

  /**
   * @param nanos a clock that only goes forward, in nanoseconds
   * @param ahead where it reads what nobody has asked for yet; has one thread
   */
  public CachingDirectory(
      Directory source, CacheLimits limits, LongSupplier nanos, Executor ahead) {
    this(source, limits, nanos, ahead, PATIENCE);
  }

  /** The same with another patience. */
  CachingDirectory(
      Directory source, CacheLimits limits, LongSupplier nanos, Executor ahead, Duration patience) {
    this.source = source;
    LookupCache.Shared shared = new LookupCache.Shared(limits, counts, nanos);
    domains = new LookupCache<>(source::domain, shared);
    addresses = new LookupCache<>(this::read, shared);
    grants = new LookupCache<>(source::grantees, shared);
    entries = new LookupCache<>(source::entries, shared);
    relayHosts = new LookupCache<>(_ -> source.relayHosts(), shared);
    bulkSenders = new LookupCache<>(_ -> source.bulkSenders(), shared);
    usages = new LookupCache<>(source::usage, shared.with(limits.within(USAGE)));
    readAhead = new ReadAhead(source, addresses, shared, ahead, patience);
  }

  private Lookup<AddressEntry> read(Address address) {
    if (readAhead.hasRead(address.domain())) {
      Optional<Lookup<AddressEntry>> known = addresses.fresh(address);
      if (known.isPresent()) {
        return known.get();
      }
    }
    Lookup<AddressEntry> answer = source.address(address);
    if (answer instanceof Lookup.Found<AddressEntry>) {
      readAhead.found(address.domain());
    }
    return answer;
  }

  @Override
  public Lookup<DomainEntry> domain(Domain name) {
    return domains.get(name);
  }

  @Override
  public Lookup<AddressEntry> address(Address address) {
    return addresses.get(address);
  }

  @Override
  public Lookup<Map<Address, AddressEntry>> addresses(Domain domain, int most) {
    return source.addresses(domain, most);
  }

  @Override
  public Lookup<List<Address>> grantees(GrantScope scope) {
    return grants.get(scope);
  }

  @Override
  public Lookup<Map<String, String>> entries(EntryMap map) {
    return entries.get(map);
  }

  @Override
  public Lookup<Set<String>> bulkSenders() {
    return bulkSenders.get(Only.ONE);
  }

  @Override
  public Lookup<Map<String, RelayHost>> relayHosts() {
    return relayHosts.get(Only.ONE);
  }

  @Override
  public Lookup<Usage> usage(Address mailbox) {
    return usages.get(mailbox);
  }

  /**
   * Forgets what has changed; what mailboxes hold is no such thing, and is known for seconds only.
   *
   * @param subject a kind of row and its name, such as {@code mailbox joe@example.com}; whatever is
   *     not understood stands for everything
   */
  public void changed(String subject) {
    String[] parts = subject.split(" ", 2);
    String name = parts.length == 2 ? parts[1] : "";
    switch (parts[0]) {
      case "domain" -> Domain.parse(name).ifPresentOrElse(this::domainChanged, this::allChanged);
      case "mailbox", "alias" -> addressChanged(name);
      case "grant" -> GrantScope.parse(name).ifPresentOrElse(grants::forget, this::allChanged);
      case "entry" -> EntryMap.of(name).ifPresentOrElse(entries::forget, this::allChanged);
      case "relay" -> relayHosts.forget(Only.ONE);
      case "limit" -> bulkSenders.forget(Only.ONE);
      case "account", "block", "dkim", "exception", "suspension" -> {} // not kept here
      default -> allChanged();
    }
  }

  private void domainChanged(Domain domain) {
    domains.forget(domain);
    addresses.forgetIf(address -> address.domain().equals(domain));
    grants.forgetIf(scope -> !(scope instanceof GrantScope.Anybody));
    relayHosts.forget(Only.ONE);
  }

  private void addressChanged(String name) {
    Optional<Domain> catchAll =
        name.startsWith("@") ? Domain.parse(name.substring(1)) : Optional.empty();
    if (catchAll.isPresent()) {
      domains.forget(catchAll.get());
    } else {
      Address.parse(name).ifPresentOrElse(addresses::forget, this::allChanged);
    }
  }

  private void allChanged() {
    domains.forgetIf(_ -> true);
    addresses.forgetIf(_ -> true);
    grants.forgetIf(_ -> true);
    entries.forgetIf(_ -> true);
    relayHosts.forgetIf(_ -> true);
    bulkSenders.forgetIf(_ -> true);
  }

  /** The database has been away and answers, somebody has found: nobody waits for it any more. */
  public void answered() {
    List.of(domains, addresses, grants, entries, relayHosts, bulkSenders, usages)
        .forEach(LookupCache::answered);
  }

  /** What the cache did. */
  public CacheCounts counts() {
    return counts;
  }

  /** How many addresses that are there are kept, about. */
  public long size() {
    return addresses.size();
  }
}
