package dovetail.store.sql;

import dovetail.directory.Usage;
import dovetail.directory.edit.UnavailableException;
import dovetail.directory.edit.UsageStore;
import dovetail.mail.Address;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What mailboxes hold, in a table. */
final class SqlUsageStore implements UsageStore {
  /** What is later than that is of a clock that was wrong, and would stand until then. */
  private static final Duration AHEAD = Duration.ofMinutes(1);

  private final Database database;
  private final InstantSource clock;

  SqlUsageStore(Database database, InstantSource clock) {
    this.database = database;
    this.clock = clock;
  }

  @Override
  public void put(Address mailbox, Usage usage, Instant at) throws UnavailableException {
    put(List.of("bytes", "messages"), mailbox, usage, at);
  }

  @Override
  public void putBytes(Address mailbox, long bytes, Instant at) throws UnavailableException {
    put(List.of("bytes"), mailbox, new Usage(bytes, 0), at);
  }

  @Override
  public void putMessages(Address mailbox, long messages, Instant at) throws UnavailableException {
    put(List.of("messages"), mailbox, new Usage(0, messages), at);
  }

  /** Of a mailbox of which nothing was known a number that is not told is 0. */
  private void put(List<String> told, Address mailbox, Usage usage, Instant at)
      throws UnavailableException {
    List<Object> values =
        new ArrayList<>(
            List.of(mailbox.toString(), usage.bytes(), usage.messages(), at.getEpochSecond()));
    long believed = clock.instant().plus(AHEAD).getEpochSecond();
    values.addAll(Collections.nCopies(told.size() + 1, believed));
    // The time stands last, since MariaDB goes from left to right.
    String changes =
        Stream.concat(told.stream(), Stream.of("modified"))
            .map(this::unlessNewer)
            .collect(Collectors.joining(", "));
    database.<Integer, UnavailableException>change(sql ->
        sql.update(
            "INSERT INTO mailbox_usage (address, bytes, messages, modified) VALUES (?, ?, ?, ?)"
                + database.dialect().instead("address")
                + changes,
            values.toArray()));
  }

  private String unlessNewer(String column) {
    Dialect dialect = database.dialect();
    return "%1$s = CASE WHEN mailbox_usage.modified BETWEEN %2$s + 1 AND ?"
            .formatted(column, dialect.offered("modified"))
        + " THEN mailbox_usage.%1$s ELSE %2$s END".formatted(column, dialect.offered(column));
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
