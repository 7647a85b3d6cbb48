package dovetail.store.sql;

import dovetail.directory.edit.AuditEntry;
import dovetail.directory.edit.UnavailableException;
import dovetail.directory.login.Block;
import dovetail.directory.login.BlockStore;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Who is kept out, in a table. */
final class SqlBlockStore implements BlockStore {
  private static final String CHANGED = "block ";
  private static final String SELECT =
      "SELECT kind, subject, since, until, reason, host FROM login_blocks WHERE until > ?";

  private final Database database;
  private final InstantSource clock;
  private final String put;

  SqlBlockStore(Database database, InstantSource clock) {
    this.database = database;
    this.clock = clock;
    this.put = put(database.dialect());
  }

  /** What depends on the end stands before its change: MariaDB goes from left to right. */
  private static String put(Dialect dialect) {
    String over = "CASE WHEN until <= " + dialect.offered("since") + " THEN ";
    String longer = "CASE WHEN until < " + dialect.offered("until") + " THEN ";
    return "INSERT INTO login_blocks (kind, subject, since, until, reason, host)"
        + " VALUES (?, ?, ?, ?, ?, ?)"
        + dialect.instead("kind, subject")
        + "since = %s%s ELSE since END".formatted(over, dialect.offered("since"))
        + ", reason = %s%s ELSE reason END".formatted(longer, dialect.offered("reason"))
        + ", host = %s%s ELSE host END".formatted(longer, dialect.offered("host"))
        + ", until = %s(until, %s)".formatted(dialect.greatest(), dialect.offered("until"));
  }

  @Override
  public void put(Block block) throws UnavailableException {
    database.<Boolean, UnavailableException>change(sql -> {
      sql.update(
          put,
          block.subject().kind().word(),
          block.subject().name(),
          block.since().getEpochSecond(),
          block.until().getEpochSecond(),
          Schema.line(block.reason()),
          block.host());
      Trail.changed(sql, clock.instant(), CHANGED + block.subject());
      return true;
    });
  }

  @Override
  public boolean lift(Block.Subject subject, Instant now, String actor)
      throws UnavailableException {
    return database.<Boolean, UnavailableException>change(sql -> {
      boolean lifted =
          sql.update(
                  "DELETE FROM login_blocks WHERE kind = ? AND subject = ? AND until > ?",
                  subject.kind().word(),
                  subject.name(),
                  now.getEpochSecond())
              > 0;
      if (lifted) {
        Trail.add(
            sql,
            new AuditEntry(
                clock.instant(), actor, "unblock", subject.kind().word(), subject.name(), ""));
        Trail.changed(sql, clock.instant(), CHANGED + subject);
      }
      return lifted;
    });
  }

  @Override
  public List<Block> all(Instant now) throws UnavailableException {
    return database.<List<Block>, UnavailableException>read(sql ->
        sql.all(
            SELECT + " ORDER BY since DESC, kind, subject",
            SqlBlockStore::block,
            now.getEpochSecond()));
  }

  @Override
  public Optional<Block> find(Block.Subject subject, Instant now) throws UnavailableException {
    return database.<Optional<Block>, UnavailableException>ask(sql ->
        sql.first(
            SELECT + " AND kind = ? AND subject = ?",
            SqlBlockStore::block,
            now.getEpochSecond(),
            subject.kind().word(),
            subject.name()));
  }

  private static Block block(ResultSet row) throws SQLException {
    Block.Subject subject =
        Block.Subject.parse(row.getString(1) + " " + row.getString(2))
            .orElseThrow(() -> new SQLException("the database holds a block of nobody"));
    return new Block(
        subject,
        Instant.ofEpochSecond(row.getLong(3)),
        Instant.ofEpochSecond(row.getLong(4)),
        row.getString(5),
        row.getString(6));
  }

  @Override
  public void forget(Instant before) throws UnavailableException {
    database.<Boolean, UnavailableException>change(sql -> {
      sql.update("DELETE FROM login_blocks WHERE until < ?", before.getEpochSecond());
      // Where nobody administers anything, nobody else does that.
      Subjects.forgetOld(sql, clock.instant().getEpochSecond());
      return true;
    });
  }
}
