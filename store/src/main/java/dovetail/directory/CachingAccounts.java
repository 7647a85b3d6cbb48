package dovetail.directory;

import dovetail.mail.Address;
import dovetail.mail.Domain;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * Accounts that are remembered, hashes included. While those behind them are away it goes on with
 * what it has found before; who had not been found is unknown then. For any thread.
 */
public final class CachingAccounts implements Accounts {
  private final Accounts source;
  private final CacheCounts counts = new CacheCounts();
  private final LookupCache<Address, Account> accounts;

  // By which other names of a domain accounts are remembered: a change tells the one name only.
  private final Map<Domain, Set<Domain>> otherNames = new ConcurrentHashMap<>();

  /**
   * @param nanos a clock that only goes forward, in nanoseconds
   */
  public CachingAccounts(Accounts source, CacheLimits limits, LongSupplier nanos) {
    this.source = source;
    this.accounts = new LookupCache<>(this::read, new LookupCache.Shared(limits, counts, nanos));
  }

  private Lookup<Account> read(Address login) {
    Lookup<Account> answer = source.account(login);
    if (answer instanceof Lookup.Found<Account>(Account account)) {
      Domain domain = account.address().domain();
      if (!domain.equals(login.domain())) {
        otherNames.computeIfAbsent(domain, _ -> ConcurrentHashMap.newKeySet()).add(login.domain());
      }
    }
    return answer;
  }

  @Override
  public Lookup<Account> account(Address login) {
    return accounts.get(login);
  }

  @Override
  public Lookup<TotpSecret> totp(Address account) {
    return source.totp(account);
  }

  @Override
  public Lookup<List<Address>> page(String after, int most, AccountMask mask) {
    return source.page(after, most, mask);
  }

  /**
   * Forgets what has changed.
   *
   * @param subject a kind of row and its name, such as {@code mailbox joe@example.com}; whatever is
   *     not understood stands for everything
   */
  public void changed(String subject) {
    String[] parts = subject.split(" ", 2);
    String name = parts.length == 2 ? parts[1] : "";
    switch (parts[0]) {
      case "mailbox", "account" ->
          Address.parse(name).ifPresentOrElse(this::accountChanged, this::allChanged);
      case "domain" -> Domain.parse(name).ifPresentOrElse(this::domainChanged, this::allChanged);
      case "alias",
          "block",
          "dkim",
          "entry",
          "exception",
          "grant",
          "limit",
          "relay",
          "suspension" -> {
        // no part of an account
      }
      default -> allChanged();
    }
  }

  private void accountChanged(Address address) {
    accounts.forget(address);
    for (Domain other : otherNames.getOrDefault(address.domain(), Set.of())) {
      accounts.forget(new Address(address.localPart(), other));
    }
  }

  private void domainChanged(Domain domain) {
    Set<Domain> others = Optional.ofNullable(otherNames.get(domain)).orElse(Set.of());
    accounts.forgetIf(login -> login.domain().equals(domain) || others.contains(login.domain()));
  }

  private void allChanged() {
    accounts.forgetIf(_ -> true);
  }

  /** The database has been away and answers, somebody has found: nobody waits for it any more. */
  public void answered() {
    accounts.answered();
  }

  /** What the cache did. */
  public CacheCounts counts() {
    return counts;
  }

  /** How many accounts are kept, about. */
  public long size() {
    return accounts.size();
  }
}
