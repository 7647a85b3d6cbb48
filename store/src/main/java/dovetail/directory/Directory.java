package dovetail.directory;

import dovetail.mail.Address;
import dovetail.mail.Domain;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What is hosted here. For any thread; may wait for a database. Names are canonical. */
public interface Directory {
  /** The domain, switched off or not; or what it is another name of. */
  Lookup<DomainEntry> domain(Domain name);

  /**
   * What stands at exactly this address, which is not looked for under another domain or without
   * its extension. Absent if there is neither a mailbox nor an alias.
   */
  Lookup<AddressEntry> address(Address address);

  /**
   * All that stands at addresses of that domain, but for its catch-all; what cannot be read is left
   * out.
   *
   * @param most absent if there are more rows than that
   */
  Lookup<Map<Address, AddressEntry>> addresses(Domain domain, int most);

  /** The logins that were given that right; an empty list if nobody was, never absent. */
  Lookup<List<Address>> grantees(GrantScope scope);

  /** All rows of a map, by their keys; empty if there are none, never absent. */
  Lookup<Map<String, String>> entries(EntryMap map);

  /**
   * The accounts and domains that are known to send to many; empty if there are none, never absent.
   */
  Lookup<Set<String>> bulkSenders();

  /** All relay hosts, by the senders that use them; empty if there are none, never absent. */
  Lookup<Map<String, RelayHost>> relayHosts();

  /** How much the mailbox of that address holds; absent if nothing is known of that. */
  Lookup<Usage> usage(Address mailbox);
}
