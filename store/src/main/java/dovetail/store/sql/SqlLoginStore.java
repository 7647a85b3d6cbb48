package dovetail.store.sql;

import dovetail.directory.StoredHash;
import dovetail.directory.edit.AuditEntry;
import dovetail.directory.edit.Kind;
import dovetail.directory.edit.UnavailableException;
import dovetail.directory.login.AppPasswordUse;
import dovetail.directory.login.LastLogin;
import dovetail.directory.login.LoginStore;
import dovetail.mail.Address;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;

/** What logins bring about, in tables. */
final class SqlLoginStore implements LoginStore {
  private static final String USED =
      "UPDATE app_passwords SET used = ? WHERE address = ? AND label = ? AND created <= ?"
          + " AND (used IS NULL OR used < ?)";

  private final Database database;
  private final InstantSource clock;
  private final String loggedIn;

  SqlLoginStore(Database database, InstantSource clock) {
    this.database = database;
    this.clock = clock;
    Dialect dialect = database.dialect();
    // Of mailboxes that are there, lest who gets the address next have logged in. What depends on
    // the time stands before its change: MariaDB goes from left to right.
    this.loggedIn =
        "INSERT INTO last_logins (address, service, made, client)"
            + " SELECT ?, ?, ?, ? FROM mailboxes WHERE address = ?"
            + dialect.instead("address, service")
            + "client = CASE WHEN last_logins.made > "
            + dialect.offered("made")
            + " THEN last_logins.client ELSE "
            + dialect.offered("client")
            + " END, made = "
            + dialect.greatest()
            + "(last_logins.made, "
            + dialect.offered("made")
            + ")";
  }

  @Override
  public boolean rehash(Address account, StoredHash verified, StoredHash fresh)
      throws UnavailableException {
    return database.<Boolean, UnavailableException>change(
        sql -> replace(sql, clock.instant(), account, verified, fresh));
  }

  @Override
  public boolean change(Address account, StoredHash verified, StoredHash fresh)
      throws UnavailableException {
    return database.<Boolean, UnavailableException>settle(sql -> {
      Instant now = clock.instant();
      boolean changed = replace(sql, now, account, verified, fresh);
      if (changed) {
        String name = account.toString();
        sql.update(
            "UPDATE mailboxes SET modified = ? WHERE address = ?", now.getEpochSecond(), name);
        Trail.add(
            sql, new AuditEntry(now, name, "set", Kind.MAILBOX.word(), name, "password=(changed)"));
      }
      return changed;
    });
  }

  /** Only if it is that one still, which the database compares octet by octet. */
  private static boolean replace(
      Statements sql, Instant now, Address account, StoredHash verified, StoredHash fresh)
      throws SQLException {
    int changed =
        sql.update(
            "UPDATE credentials SET secret = ?, modified = ?"
                + " WHERE address = ? AND label = ? AND secret = ?",
            fresh.text(),
            now.getEpochSecond(),
            account.toString(),
            RowReader.PASSWORD,
            verified.text());
    if (changed > 0) {
      Trail.changed(sql, now, Subjects.account(account.toString()));
    }
    return changed > 0;
  }

  @Override
  public boolean useTotp(Address account, long step) throws UnavailableException {
    return database.<Boolean, UnavailableException>change(sql ->
        sql.update(
                "UPDATE account_totp SET last_step = ? WHERE address = ? AND last_step < ?",
                step,
                account.toString(),
                step)
            > 0);
  }

  @Override
  public void used(List<AppPasswordUse> uses) throws UnavailableException {
    // In one order on all hosts: so none waits for one that waits for it.
    List<AppPasswordUse> ordered =
        uses.stream()
            .sorted(
                Comparator.comparing((AppPasswordUse use) -> use.account().toString())
                    .thenComparing(AppPasswordUse::label))
            .toList();
    database.<Boolean, UnavailableException>change(sql -> {
      for (AppPasswordUse use : ordered) {
        long time = use.time().getEpochSecond();
        sql.later(USED, time, use.account().toString(), use.label(), time, time);
      }
      return true;
    });
  }

  @Override
  public void loggedIn(List<LastLogin> logins) throws UnavailableException {
    List<LastLogin> ordered =
        logins.stream()
            .sorted(
                Comparator.comparing((LastLogin login) -> login.account().toString())
                    .thenComparing(LastLogin::service))
            .toList();
    database.<Boolean, UnavailableException>change(sql -> {
      for (LastLogin login : ordered) {
        String account = login.account().toString();
        sql.later(
            loggedIn,
            account,
            login.service(),
            login.time().getEpochSecond(),
            login.client(),
            account);
      }
      return true;
    });
  }

  @Override
  public List<LastLogin> last(Address account) throws UnavailableException {
    return database.<List<LastLogin>, UnavailableException>browse(sql ->
        sql.all(
            "SELECT service, made, client FROM last_logins WHERE address = ? ORDER BY service",
            row ->
                new LastLogin(
                    account,
                    row.getString(1),
                    Instant.ofEpochSecond(row.getLong(2)),
                    row.getString(3)),
            account.toString()));
  }
}
