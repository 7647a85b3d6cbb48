package dovetail.auth.http;

import dovetail.directory.Account;
import dovetail.directory.Lookup;
import dovetail.directory.MapAccounts;
import dovetail.directory.StoredHash;
import dovetail.directory.edit.UnavailableException;
import dovetail.directory.login.AppPasswordUse;
import dovetail.directory.login.LastLogin;
import dovetail.directory.login.LoginStore;
import dovetail.mail.Address;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** Changes the passwords of accounts in memory, and nothing else. */
final class MapLogins implements LoginStore {
  private final MapAccounts accounts;
  private final List<String> changed = new CopyOnWriteArrayList<>();
  private volatile Hook before = () -> {};

  /** What happens before a password is changed. */
  @FunctionalInterface
  interface Hook {
    void run() throws UnavailableException;
  }

  MapLogins(MapAccounts accounts) {
    this.accounts = accounts;
  }

  /** Whose password was changed. */
  List<String> changed() {
    return List.copyOf(changed);
  }

  void before(Hook hook) {
    before = hook;
  }

  @Override
  public boolean change(Address address, StoredHash verified, StoredHash fresh)
      throws UnavailableException {
    before.run();
    return replace(address, verified, fresh);
  }

  private synchronized boolean replace(Address address, StoredHash verified, StoredHash fresh) {
    if (!(accounts.account(address) instanceof Lookup.Found<Account>(Account account))
        || !account.credentials().password().equals(Optional.of(verified))) {
      return false;
    }
    accounts.put(
        new Account(
            account.address(),
            account.active(),
            account.receive(),
            account.send(),
            account.services(),
            account.networks(),
            account.place(),
            new Account.Credentials(
                Optional.of(fresh),
                account.credentials().appPasswords(),
                account.credentials().totp())));
    return changed.add(address.toString());
  }

  @Override
  public boolean rehash(Address account, StoredHash verified, StoredHash fresh) {
    throw new UnsupportedOperationException();
  }

  @Override
  public boolean useTotp(Address account, long step) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void used(List<AppPasswordUse> uses) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void loggedIn(List<LastLogin> logins) {
    throw new UnsupportedOperationException();
  }

  @Override
  public List<LastLogin> recent(Instant since, int most) {
    throw new UnsupportedOperationException();
  }

  @Override
  public List<LastLogin> last(Address account) {
    throw new UnsupportedOperationException();
  }
}
