package dovetail.store.sql;

import dovetail.counter.GreylistEntry;
import dovetail.counter.GreylistStore;
import dovetail.counter.Standing;
import dovetail.directory.edit.UnavailableException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

/** Whose mail came when, in tables. */
final class SqlGreylistStore implements GreylistStore {
  private final Database database;

  SqlGreylistStore(Database database) {
    this.database = database;
  }

  @Override
  public Standing find(GreylistEntry entry) throws UnavailableException {
    return database.<Standing, UnavailableException>read(sql ->
        new Standing(
            sql.first(
                "SELECT first_seen, passed, until FROM greylist WHERE mail = ?",
                SqlGreylistStore::mail,
                entry.mail()),
            sql.first(
                "SELECT passes, counted, until FROM greylist_clients WHERE client = ?",
                SqlGreylistStore::client,
                entry.client())));
  }

  private static Standing.Mail mail(ResultSet row) throws SQLException {
    return new Standing.Mail(
        instant(row, "first_seen"), row.getLong("passed") != 0, instant(row, "until"));
  }

  private static Standing.Client client(ResultSet row) throws SQLException {
    return new Standing.Client(
        row.getLong("passes"), instant(row, "counted"), instant(row, "until"));
  }

  private static Instant instant(ResultSet row, String column) throws SQLException {
    return Instant.ofEpochSecond(row.getLong(column));
  }

  @Override
  public void begin(GreylistEntry entry, Standing.Mail mail, int most) throws UnavailableException {
    database.<Boolean, UnavailableException>change(sql -> {
      makeRoom(sql, entry.network(), most);
      put(sql, entry, mail);
      return true;
    });
  }

  /**
   * Forgets the oldest of who has most there, so that a neighbour who sends much drives nobody else
   * out. By their keys: MariaDB locks what a condition looks through, and others insert there.
   */
  private static void makeRoom(Statements sql, String network, int most) throws SQLException {
    long waiting =
        sql.number("SELECT COUNT(*) FROM greylist WHERE network = ? AND passed = 0", network);
    if (waiting < most) {
      return;
    }
    String client =
        sql.first(
                "SELECT client FROM greylist WHERE network = ? AND passed = 0"
                    + " GROUP BY client ORDER BY COUNT(*) DESC, client LIMIT 1",
                row -> row.getString("client"),
                network)
            .orElseThrow(() -> new SQLException("a network of many without one of them"));
    List<String> oldest =
        sql.all(
            "SELECT mail FROM greylist WHERE network = ? AND passed = 0 AND client = ?"
                + " ORDER BY first_seen, mail LIMIT ?",
            row -> row.getString("mail"),
            network,
            client,
            waiting - most + 1);
    for (String mail : oldest) {
      sql.later("DELETE FROM greylist WHERE mail = ?", mail);
    }
    sql.flush();
  }

  /** Both databases know it; of two hosts that see the same for the first time the later counts. */
  private static void put(Statements sql, GreylistEntry entry, Standing.Mail mail)
      throws SQLException {
    sql.update(
        "REPLACE INTO greylist (mail, client, network, first_seen, passed, until)"
            + " VALUES (?, ?, ?, ?, ?, ?)",
        entry.mail(),
        entry.client(),
        entry.network(),
        mail.first().getEpochSecond(),
        mail.passed() ? 1 : 0,
        mail.until().getEpochSecond());
  }

  @Override
  public void pass(GreylistEntry entry, Standing.Mail mail) throws UnavailableException {
    database.<Boolean, UnavailableException>change(sql -> {
      put(sql, entry, mail);
      return true;
    });
  }

  @Override
  public void count(GreylistEntry entry, Standing.Client client) throws UnavailableException {
    database.<Integer, UnavailableException>change(sql ->
        sql.update(
            "REPLACE INTO greylist_clients (client, passes, counted, until) VALUES (?, ?, ?, ?)",
            entry.client(),
            client.passes(),
            client.counted().getEpochSecond(),
            client.until().getEpochSecond()));
  }

  @Override
  public int forget(Instant before, int most) throws UnavailableException {
    int mails = forget(new Rows("greylist", "mail"), before, most);
    return mails + forget(new Rows("greylist_clients", "client"), before, most);
  }

  private record Rows(String table, String key) {}

  private int forget(Rows rows, Instant before, int most) throws UnavailableException {
    List<String> keys =
        database.<List<String>, UnavailableException>read(sql ->
            sql.all(
                "SELECT %s FROM %s WHERE until < ? ORDER BY until LIMIT ?"
                    .formatted(rows.key(), rows.table()),
                row -> row.getString(1),
                before.getEpochSecond(),
                most));
    if (keys.isEmpty()) {
      return 0;
    }
    return database.<Integer, UnavailableException>change(sql -> {
      int count = 0;
      for (String key : keys) {
        // Again: it may have been renewed meanwhile.
        count +=
            sql.update(
                "DELETE FROM %s WHERE %s = ? AND until < ?".formatted(rows.table(), rows.key()),
                key,
                before.getEpochSecond());
      }
      return count;
    });
  }
}
