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
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** What logins bring about, in tables. */
final class SqlLoginStore implements LoginStore {
  private static final String USED =
      "UPDATE app_passwords SET used = ? WHERE address = ? AND label = ? AND created <= ?"
          + " AND (used IS NULL OR used < ?)";

  /** Dovecot notes a login without its client, and so much after us. */
  private static final Duration SAME_LOGIN = Duration.ofSeconds(30);

  private final Database database;
  private final InstantSource clock;
  private final String loggedIn;

  SqlLoginStore(Database database, InstantSource clock) {
    this.database = database;
    this.clock = clock;
    this.loggedIn = loggedIn(database.dialect());
  }

  /**
   * Of mailboxes that are there, lest who gets the address next have logged in. Of two notes of one
   * login the one with a client stays, whichever comes first. The second change makes of it the
   * same whether it sees the first one, as in MariaDB, or not.
   */
  private static String loggedIn(Dialect dialect) {
    return "INSERT INTO last_logins (address, service, made, client)"
        + " SELECT ?, ?, ?, ? FROM mailboxes WHERE address = ?"
        + dialect.instead("address, service")
        + """
        client = CASE WHEN :made + CASE WHEN :client = '' THEN 0 ELSE :same END
            >= last_logins.made + CASE WHEN last_logins.client = '' THEN 0 ELSE :same END
          THEN :client ELSE last_logins.client END,
        made = CASE WHEN :client = '' AND last_logins.client <> ''
            AND :made < last_logins.made + :same
          THEN last_logins.made ELSE :greatest(last_logins.made, :made) END
        """
            .replace(":made", dialect.offered("made"))
            .replace(":client", dialect.offered("client"))
            .replace(":greatest", dialect.greatest())
            .replace(":same", String.valueOf(SAME_LOGIN.toSeconds()));
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
    List<Keyed<AppPasswordUse>> ordered =
        ordered(uses, use -> new Keyed<>(use.account().toString(), use.label(), use));
    database.<Boolean, UnavailableException>change(sql -> {
      for (Keyed<AppPasswordUse> one : ordered) {
        long time = one.what().time().getEpochSecond();
        sql.later(USED, time, one.account(), one.name(), time, time);
      }
      return true;
    });
  }

  /** The key of a row, as texts, and what is to be there. */
  private record Keyed<T>(String account, String name, T what) {}

  /** In one order on all hosts: so none waits for one that waits for it. */
  private static <T> List<Keyed<T>> ordered(List<T> rows, Function<T, Keyed<T>> keyed) {
    Comparator<Keyed<T>> order = Comparator.comparing(Keyed::account);
    return rows.stream().map(keyed).sorted(order.thenComparing(Keyed::name)).toList();
  }

  @Override
  public void loggedIn(List<LastLogin> logins) throws UnavailableException {
    List<Keyed<LastLogin>> ordered =
        ordered(logins, login -> new Keyed<>(login.account().toString(), login.service(), login));
    database.<Boolean, UnavailableException>change(sql -> {
      for (Keyed<LastLogin> one : ordered) {
        long time = one.what().time().getEpochSecond();
        sql.later(loggedIn, one.account(), one.name(), time, one.what().client(), one.account());
      }
      return true;
    });
  }

  @Override
  public List<LastLogin> recent(Instant since, int most) throws UnavailableException {
    return database.<List<LastLogin>, UnavailableException>browse(sql ->
        sql
            .all(
                "SELECT address, service, made, client FROM last_logins"
                    + " WHERE made >= ? AND client <> '' ORDER BY made DESC LIMIT ?",
                row -> {
                  Instant made = Instant.ofEpochSecond(row.getLong(3));
                  String service = row.getString(2);
                  String client = row.getString(4);
                  return Address.parse(row.getString(1))
                      .map(account -> new LastLogin(account, service, made, client));
                },
                since.getEpochSecond(),
                most)
            .stream()
            .flatMap(Optional::stream) // by another hand it may be no address
            .toList());
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
