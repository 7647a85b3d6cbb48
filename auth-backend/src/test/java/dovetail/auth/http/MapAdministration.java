package dovetail.auth.http;

import dovetail.directory.Account;
import dovetail.directory.Lookup;
import dovetail.directory.MapAccounts;
import dovetail.directory.StoredHash;
import dovetail.directory.edit.Administration;
import dovetail.directory.edit.Attempt;
import dovetail.directory.edit.AuditEntry;
import dovetail.directory.edit.Change;
import dovetail.directory.edit.Kind;
import dovetail.directory.edit.RefusedException;
import dovetail.directory.edit.Row;
import dovetail.directory.edit.UnavailableException;
import dovetail.mail.Address;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** Changes the passwords of accounts in memory, and nothing else. */
final class MapAdministration implements Administration {
  private final MapAccounts accounts;
  private final List<String> actors = new ArrayList<>();

  MapAdministration(MapAccounts accounts) {
    this.accounts = accounts;
  }

  /** Who has changed something. */
  List<String> actors() {
    return List.copyOf(actors);
  }

  @Override
  public long apply(Iterable<Change> changes, String actor, Progress progress)
      throws RefusedException, UnavailableException {
    for (Change change : changes) {
      Row row = change.row();
      Address address = Address.parse(row.key().getFirst()).orElseThrow();
      if (!(accounts.account(address) instanceof Lookup.Found<Account>(Account account))) {
        throw new RefusedException("there is no such mailbox", 0);
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
                  row.get("password").map(StoredHash::new),
                  account.credentials().appPasswords(),
                  account.credentials().totp())));
      actors.add(actor);
    }
    return 1;
  }

  @Override
  public Attempt attempt(
      Iterable<Change> changes, String actor, Predicate<Attempt> keep, Progress progress) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Optional<Row> find(Kind kind, List<String> key) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void list(Kind kind, Optional<String> domain, Consumer<Row> rows) {
    throw new UnsupportedOperationException();
  }

  @Override
  public List<AuditEntry> audit(int count) {
    throw new UnsupportedOperationException();
  }
}
