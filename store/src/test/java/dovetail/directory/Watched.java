package dovetail.directory;

import dovetail.mail.Address;
import dovetail.mail.Domain;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Does something before questions.
 *
 * @param one before each about an address or its mailbox
 * @param all before each about all addresses of a domain
 */
record Watched(Directory source, Runnable one, Runnable all) implements Directory {
  @Override
  public Lookup<DomainEntry> domain(Domain name) {
    return source.domain(name);
  }

  @Override
  public Lookup<AddressEntry> address(Address address) {
    one.run();
    return source.address(address);
  }

  @Override
  public Lookup<Map<Address, AddressEntry>> addresses(Domain domain, int most) {
    all.run();
    return source.addresses(domain, most);
  }

  @Override
  public Lookup<List<Address>> grantees(GrantScope scope) {
    return source.grantees(scope);
  }

  @Override
  public Lookup<Map<String, String>> entries(EntryMap map) {
    return source.entries(map);
  }

  @Override
  public Lookup<Usage> usage(Address mailbox) {
    one.run();
    return source.usage(mailbox);
  }

  @Override
  public Lookup<Set<String>> bulkSenders() {
    return source.bulkSenders();
  }

  @Override
  public Lookup<Map<String, RelayHost>> relayHosts() {
    return source.relayHosts();
  }
}
