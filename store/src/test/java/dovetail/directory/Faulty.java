package dovetail.directory;

import dovetail.mail.Address;
import dovetail.mail.Domain;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.function.Supplier;

/** A directory that cannot say at some of its calls, which are counted. */
public final class Faulty implements Directory {
  private final Directory directory;
  private IntPredicate fails = _ -> false;
  private int calls;

  public Faulty(Directory directory) {
    this.directory = directory;
  }

  /** From now on the calls with those numbers fail; the next one is number 0. */
  public Faulty failing(IntPredicate numbers) {
    fails = numbers;
    calls = 0;
    return this;
  }

  public int calls() {
    return calls;
  }

  private <T> Lookup<T> unless(Supplier<Lookup<T>> answer) {
    return fails.test(calls++) ? new Lookup.Unavailable<>("planted") : answer.get();
  }

  @Override
  public Lookup<DomainEntry> domain(Domain name) {
    return unless(() -> directory.domain(name));
  }

  @Override
  public Lookup<AddressEntry> address(Address address) {
    return unless(() -> directory.address(address));
  }

  @Override
  public Lookup<Map<Address, AddressEntry>> addresses(Domain domain, int most) {
    return unless(() -> directory.addresses(domain, most));
  }

  @Override
  public Lookup<List<Address>> grantees(GrantScope scope) {
    return unless(() -> directory.grantees(scope));
  }

  @Override
  public Lookup<Map<String, String>> entries(EntryMap map) {
    return unless(() -> directory.entries(map));
  }

  @Override
  public Lookup<Set<String>> bulkSenders() {
    return unless(directory::bulkSenders);
  }

  @Override
  public Lookup<Map<String, RelayHost>> relayHosts() {
    return unless(directory::relayHosts);
  }

  @Override
  public Lookup<Usage> usage(Address mailbox) {
    return unless(() -> directory.usage(mailbox));
  }
}
