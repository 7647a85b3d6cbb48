package dovetail.store.sql;

import dovetail.directory.edit.Kind;
import dovetail.directory.edit.Row;
import java.sql.SQLException;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Set;

/** Collects what a transaction has changed, for those who have it in their caches. */
final class Subjects {
  /** Beyond it, everything counts as changed. */
  private static final int MOST = 1000;

  /** Rows older than this are of no use: caches do not keep anything for so long. */
  private static final long KEPT_SECONDS = 86_400;

  static final String ALL = "all";

  private final Set<String> changed = new LinkedHashSet<>();

  void add(Row row) {
    if (changed.size() < MOST) {
      changed.add(subject(row));
    }
  }

  void add(Kind kind, String name) {
    if (changed.size() < MOST) {
      changed.add(kind.word() + " " + name);
    }
  }

  /** What concerns nobody but those who check a login. */
  static String account(String address) {
    return "account " + address;
  }

  private static String subject(Row row) {
    return switch (row.kind()) {
      case DOMAIN, MAILBOX, ALIAS -> row.kind().word() + " " + row.key().getFirst();
      case APP_PASSWORD -> account(row.key().getFirst());
      case GRANT -> "grant " + row.key().getLast();
      case RELAY -> "relay";
      case ENTRY -> "entry " + row.key().getFirst();
      case EXCEPTION -> "exception";
      case LIMIT -> "limit";
    };
  }

  /** Forgets what is of use to nobody any more. */
  static void forgetOld(Statements sql, long now) throws SQLException {
    sql.update("DELETE FROM changes WHERE made < ?", now - KEPT_SECONDS);
  }

  /** Notes them, and forgets what is old. */
  void write(Statements sql, long now) throws SQLException {
    if (changed.isEmpty()) {
      return;
    }
    forgetOld(sql, now);
    for (String subject : changed.size() < MOST ? changed : Set.of(ALL)) {
      Trail.changed(sql, Instant.ofEpochSecond(now), subject);
    }
  }
}
