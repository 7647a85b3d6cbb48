package dovetail.auth.answer;

import dovetail.auth.password.HashThreads;
import dovetail.auth.password.Refusal;
import dovetail.directory.Account;
import dovetail.directory.Accounts;
import dovetail.directory.Lookup;
import dovetail.directory.StoredHash;
import dovetail.mail.Address;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Says with which password somebody logs in, to those who compare it themselves. There is none for
 * whom {@link Authenticator} lets in with none: app passwords are left out, since one is all that
 * can be told. Who tries how many stays unknown here. For any thread; waits for the database.
 */
public final class Passdb {
  private final Accounts accounts;
  private final HashThreads hashes;
  private final LoginNotes notes;
  private final Supplier<AuthenticatorSettings> logins;
  private final Supplier<UserSettings> users;

  /** What it knows by. */
  public record Parts(Accounts accounts, HashThreads hashes, LoginNotes notes) {}

  /**
   * @param logins how they are decided now
   * @param users where their mail is now
   */
  public Passdb(Parts parts, Supplier<AuthenticatorSettings> logins, Supplier<UserSettings> users) {
    this.accounts = parts.accounts();
    this.hashes = parts.hashes();
    this.notes = parts.notes();
    this.logins = logins;
    this.users = users;
  }

  /**
   * What opens a service to that login.
   *
   * @param name as it was asked for, in whatever case
   * @param service what the login is for, by whatever word
   * @return absent if no password does
   */
  public Lookup<PassdbEntry> entry(String name, String service) {
    return Address.parse(name)
        .map(Address::canonical)
        .map(accounts::account)
        .orElseGet(Lookup.Absent::new)
        .flatMap(account -> entry(account, service));
  }

  private Lookup<PassdbEntry> entry(Account account, String service) {
    Optional<StoredHash> password = account.credentials().password();
    if (password.isEmpty()
        || !account.active()
        || !ServiceRights.isFor(service, account)
        || ServiceRights.needsCode(service, account, logins.get())) {
      return new Lookup.Absent<>();
    }
    return hashes
        .refusal(password.get().text())
        .map(refusal -> refused(account, refusal))
        .orElseGet(() ->
            new Lookup.Found<>(
                new PassdbEntry(
                    User.of(account, users.get()), password.get(), account.networks())));
  }

  private Lookup<PassdbEntry> refused(Account account, Refusal refusal) {
    notes.unusable(account, refusal.text());
    return refusal.temporary()
        ? new Lookup.Unavailable<>("a password is stored that " + refusal.text())
        : new Lookup.Absent<>();
  }
}
