package dovetail.store.sql;

import dovetail.directory.Usage;
import dovetail.directory.edit.UnavailableException;
import dovetail.directory.edit.UsageStore;
import dovetail.mail.Address;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.Optional;

/** What mailboxes hold, in a table. */
final class SqlUsageStore implements UsageStore {
  private final Database database;
  private final InstantSource clock;

  SqlUsageStore(Database database, InstantSource clock) {
    this.database = database;
    this.clock = clock;
  }

  @Override
  public void put(Address mailbox, Usage usage) throws UnavailableException {
    // Both databases know it; what would look for the row first deadlocks with its like.
    database.<Integer, UnavailableException>change(sql ->
        sql.update(
            "REPLACE INTO mailbox_usage (address, bytes, messages, modified) VALUES (?, ?, ?, ?)",
            mailbox.toString(),
            usage.bytes(),
            usage.messages(),
            clock.instant().getEpochSecond()));
  }

  @Override
  public void putBytes(Address mailbox, long bytes) throws UnavailableException {
    putOnly("bytes", mailbox, new Usage(bytes, 0));
  }

  @Override
  public void putMessages(Address mailbox, long messages) throws UnavailableException {
    putOnly("messages", mailbox, new Usage(0, messages));
  }

  /** Of a mailbox of which nothing was known the other number is 0. */
  private void putOnly(String column, Address mailbox, Usage usage) throws UnavailableException {
    Dialect dialect = database.dialect();
    database.<Integer, UnavailableException>change(sql ->
        sql.update(
            "INSERT INTO mailbox_usage (address, bytes, messages, modified) VALUES (?, ?, ?, ?)"
                + dialect.instead("address")
                + "%s = %s, modified = %s"
                    .formatted(column, dialect.offered(column), dialect.offered("modified")),
            mailbox.toString(),
            usage.bytes(),
            usage.messages(),
            clock.instant().getEpochSecond()));
  }

  static Optional<Usage> find(Statements sql, Address mailbox) throws SQLException {
    return sql.first(
        "SELECT bytes, messages FROM mailbox_usage WHERE address = ?",
        SqlUsageStore::read,
        mailbox.toString());
  }

  private static Usage read(ResultSet row) throws SQLException {
    return new Usage(row.getLong("bytes"), row.getLong("messages"));
  }
}
