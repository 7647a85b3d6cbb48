package dovetail.store.sql;

import dovetail.directory.edit.AuditEntry;
import java.sql.SQLException;
import java.time.Instant;

/** What every change leaves: a row for people, and one for the caches. */
final class Trail {
  private Trail() {}

  /** Notes who has done what. */
  static void add(Statements sql, AuditEntry entry) throws SQLException {
    sql.later(
        "INSERT INTO audit (made, actor, action, kind, object, detail) VALUES (?, ?, ?, ?, ?, ?)",
        entry.made().getEpochSecond(),
        entry.actor(),
        entry.action(),
        entry.kind(),
        entry.object(),
        entry.detail());
  }

  /** Tells the caches what has changed. */
  static void changed(Statements sql, Instant now, String subject) throws SQLException {
    sql.later("INSERT INTO changes (made, subject) VALUES (?, ?)", now.getEpochSecond(), subject);
  }
}
