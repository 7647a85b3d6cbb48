package dovetail.auth.answer;

import dovetail.auth.password.HashThreads;
import dovetail.auth.password.Refusal;
import dovetail.auth.password.StoredParts;
import dovetail.directory.Account;
import dovetail.directory.Accounts;
import dovetail.directory.Lookup;
import dovetail.directory.StoredHash;
import java.util.List;
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
    return accounts.named(name).flatMap(account -> entry(account, service));
  }

  private Lookup<PassdbEntry> entry(Account account, String service) {
    Optional<StoredHash> password = account.credentials().password();
    if (password.isEmpty()
        || !account.active()
        || !ServiceRights.isFor(service, account)
        || ServiceRights.needsCode(service, account, logins.get())) {
      return new Lookup.Absent<>();
    }
    List<String> parts = StoredParts.of(password.get().text()).all();
    // One of them is told, since Dovecot knows of no second.
    return parts.stream()
        .filter(part -> hashes.refusal(part).isEmpty())
        .findFirst()
        .map(part -> told(account, part))
        .or(() -> hashes.refusal(parts.getFirst()).map(refusal -> refused(account, refusal)))
        .orElseGet(Lookup.Absent::new);
  }

  private Lookup<PassdbEntry> told(Account account, String part) {
    return new Lookup.Found<>(
        new PassdbEntry(User.of(account, users.get()), new StoredHash(part), account.networks()));
  }

  private Lookup<PassdbEntry> refused(Account account, Refusal refusal) {
    notes.unusable(account, refusal.text());
    return refusal.temporary()
        ? new Lookup.Unavailable<>("a password is stored that " + refusal.text())
        : new Lookup.Absent<>();
  }
}
