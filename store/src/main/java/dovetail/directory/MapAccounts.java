package dovetail.directory;

import dovetail.mail.Address;
import dovetail.mail.Domain;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Accounts in memory, for tests and examples. For one thread at a time. */
public final class MapAccounts implements Accounts {
  private final Map<Address, Account> accounts = new HashMap<>();
  private final Map<Address, TotpSecret> secrets = new HashMap<>();
  private final Map<Domain, DomainEntry.AliasOf> otherNames = new HashMap<>();
  private Optional<String> trouble = Optional.empty();

  /** Puts an account, instead of what was there. */
  public MapAccounts put(Account account) {
    accounts.put(account.address(), account);
    return this;
  }

  /** Takes an account away. */
  public void remove(Address address) {
    accounts.remove(address);
    secrets.remove(address);
  }

  /** Puts the secret of one-time passwords. */
  public MapAccounts put(Address account, TotpSecret secret) {
    secrets.put(account, secret);
    return this;
  }

  /** Puts another name of a domain. */
  public MapAccounts put(DomainEntry.AliasOf otherName) {
    otherNames.put(otherName.name(), otherName);
    return this;
  }

  /** From now on nobody can say anything, until this is called with nothing. */
  public void unavailable(Optional<String> why) {
    trouble = why;
  }

  @Override
  public Lookup<Account> account(Address login) {
    DomainEntry.AliasOf other = otherNames.get(login.domain());
    Address address = other == null ? login : new Address(login.localPart(), other.target());
    return answer(
        Optional.ofNullable(accounts.get(address))
            .map(account -> account.under(other == null || other.active())));
  }

  @Override
  public Lookup<TotpSecret> totp(Address account) {
    return answer(Optional.ofNullable(secrets.get(account)));
  }

  @Override
  public Lookup<List<Address>> page(String after, int most, AccountMask mask) {
    return answer(
        Optional.of(
            accounts.keySet().stream()
                .filter(address -> address.toString().compareTo(after) > 0)
                .filter(address -> mask.matches(address.toString()))
                .sorted(Comparator.comparing(Address::toString))
                .limit(most)
                .toList()));
  }

  private <T> Lookup<T> answer(Optional<T> known) {
    return trouble.<Lookup<T>>map(Lookup.Unavailable::new).orElseGet(() -> Lookup.known(known));
  }
}
