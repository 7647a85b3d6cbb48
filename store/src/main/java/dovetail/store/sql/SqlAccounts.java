package dovetail.store.sql;

import dovetail.directory.Account;
import dovetail.directory.AccountMask;
import dovetail.directory.Accounts;
import dovetail.directory.Lookup;
import dovetail.directory.TotpSecret;
import dovetail.directory.edit.Kind;
import dovetail.directory.edit.Row;
import dovetail.directory.edit.UnavailableException;
import dovetail.mail.Address;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Accounts as the database has them, asked each time. */
final class SqlAccounts implements Accounts {
  private static final String PAGE =
      "SELECT address FROM mailboxes WHERE address > ? AND address LIKE ? ESCAPE '"
          + AccountMask.ESCAPE
          + "' ORDER BY address LIMIT ?";

  private final Database database;
  private final Cells cells;
  private final Gathering<Address, Account> accounts;

  SqlAccounts(Database database, SecretBox secrets) {
    this.database = database;
    this.cells = new Cells(secrets);
    this.accounts =
        new Gathering<>(
            new AccountSource(database), AccountSource.MOST, Gathering.thread("accounts"));
  }

  @Override
  public Lookup<Account> account(Address login) {
    return accounts.get(login);
  }

  @Override
  public Lookup<TotpSecret> totp(Address account) {
    try {
      return Lookup.known(database.ask(sql -> totp(sql, account.toString())));
    } catch (UnavailableException e) {
      return unavailable(e);
    }
  }

  private Optional<TotpSecret> totp(Statements sql, String account) throws SQLException {
    Row mailbox = Row.stored(Kind.MAILBOX, Map.of("address", account));
    return sql.first(
        "SELECT secret, last_step FROM account_totp WHERE address = ?",
        row ->
            new TotpSecret(cells.opened(RowReader.TOTP, mailbox, row.getString(1)), row.getLong(2)),
        account);
  }

  @Override
  public Lookup<List<Address>> page(String after, int most, AccountMask mask) {
    try {
      // Those who want all of them have time.
      return new Lookup.Found<>(
          database.<List<Address>, RuntimeException>browse(
              sql -> sql.all(PAGE, row -> address(row.getString(1)), after, mask.like(), most)));
    } catch (UnavailableException e) {
      return unavailable(e);
    }
  }

  private static Address address(String stored) throws SQLException {
    return Address.parse(stored)
        .orElseThrow(() -> new SQLException("the database holds no address: " + stored));
  }

  private static <T> Lookup<T> unavailable(UnavailableException e) {
    return new Lookup.Unavailable<>(String.valueOf(e.getMessage()));
  }
}
