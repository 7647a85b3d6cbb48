package dovetail.store.sql;

import java.sql.SQLException;
import java.util.List;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** In what the two databases differ, as far as it shows in statements. */
enum Dialect {
  MARIADB {
    // Nopad and binary: the usual collations take jose for josé, and "a" for "a ".
    @Override
    String text(int characters) {
      return "VARCHAR(" + characters + ") CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin";
    }

    @Override
    String longText() {
      return "MEDIUMTEXT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin";
    }

    @Override
    String number() {
      return "BIGINT";
    }

    @Override
    String serial() {
      return "BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY";
    }

    @Override
    String keyed() {
      return " ENGINE=InnoDB ROW_FORMAT=DYNAMIC";
    }

    @Override
    String numbered() {
      return keyed();
    }

    @Override
    String locking() {
      return " FOR UPDATE";
    }

    @Override
    String millis() {
      // Not of NOW(3) alone, which is an hour off when clocks go back.
      return "(UNIX_TIMESTAMP() * 1000 + MICROSECOND(NOW(3)) DIV 1000)";
    }

    @Override
    String instead(String key) {
      return " ON DUPLICATE KEY UPDATE ";
    }

    @Override
    String offered(String column) {
      return "VALUES(" + column + ")";
    }

    @Override
    String least() {
      return "LEAST";
    }

    @Override
    String greatest() {
      return "GREATEST";
    }

    @Override
    List<String> snapshot() {
      return List.of(
          "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ",
          "START TRANSACTION READ ONLY, WITH CONSISTENT SNAPSHOT");
    }

    @Override
    String countTables() {
      return "SELECT COUNT(*) FROM information_schema.tables"
          + " WHERE table_schema = DATABASE() AND table_name = ?";
    }

    @Override
    boolean isDuplicate(SQLException e) {
      return e.getErrorCode() == 1062; // ER_DUP_ENTRY
    }

    @Override
    boolean isUnfit(SQLException e) {
      String state = e.getSQLState();
      return (state != null && (state.startsWith("22") || state.startsWith("23")))
          || e.getErrorCode() == 1364; // ER_NO_DEFAULT_FOR_FIELD, which has no state of its own
    }

    @Override
    boolean isTransient(SQLException e) {
      return switch (e.getErrorCode()) {
        // ER_LOCK_DEADLOCK, ER_LOCK_WAIT_TIMEOUT, ER_CHECKREAD; a Galera node that certifies a
        // conflict says the first, too.
        case 1213, 1205, 1020 -> true;
        default -> false;
      };
    }
  },

  SQLITE {
    @Override
    String text(int characters) {
      return "TEXT";
    }

    @Override
    String longText() {
      return "TEXT";
    }

    @Override
    String number() {
      return "INTEGER";
    }

    @Override
    String serial() {
      return "INTEGER PRIMARY KEY AUTOINCREMENT";
    }

    @Override
    String keyed() {
      return " STRICT, WITHOUT ROWID";
    }

    @Override
    String numbered() {
      return " STRICT";
    }

    @Override
    String locking() {
      return ""; // BEGIN IMMEDIATE has locked it all
    }

    @Override
    String millis() {
      return "CAST(unixepoch('subsec') * 1000 AS INTEGER)";
    }

    @Override
    String instead(String key) {
      return " ON CONFLICT (" + key + ") DO UPDATE SET ";
    }

    @Override
    String offered(String column) {
      return "excluded." + column;
    }

    @Override
    String least() {
      return "MIN";
    }

    @Override
    String greatest() {
      return "MAX";
    }

    @Override
    List<String> snapshot() {
      return List.of(); // every transaction is one
    }

    @Override
    String countTables() {
      return "SELECT COUNT(*) FROM sqlite_master WHERE type = 'table' AND name = ?";
    }

    @Override
    boolean isDuplicate(SQLException e) {
      return e instanceof SQLiteException failure
          && (failure.getResultCode() == SQLiteErrorCode.SQLITE_CONSTRAINT_PRIMARYKEY
              || failure.getResultCode() == SQLiteErrorCode.SQLITE_CONSTRAINT_UNIQUE);
    }

    @Override
    boolean isUnfit(SQLException e) {
      return e instanceof SQLiteException failure
          && (failure.getResultCode().code & PRIMARY_CODE)
              == SQLiteErrorCode.SQLITE_CONSTRAINT.code;
    }

    @Override
    boolean isTransient(SQLException e) {
      return e instanceof SQLiteException failure
          && switch (failure.getResultCode()) {
            case SQLITE_BUSY, SQLITE_BUSY_SNAPSHOT, SQLITE_BUSY_RECOVERY, SQLITE_LOCKED -> true;
            default -> false;
          };
    }
  };

  /** The part of SQLite's codes that names the kind of an error. */
  private static final int PRIMARY_CODE = 0xFF;

  /** A type for texts of up to so many characters that are compared octet by octet. */
  abstract String text(int characters);

  /** A type for texts that are never compared. */
  abstract String longText();

  /** A type for whole numbers. */
  abstract String number();

  /** The definition of a column that numbers rows. */
  abstract String serial();

  /** What stands behind the definition of a table that is found by its own key. */
  abstract String keyed();

  /** What stands behind the definition of a table whose rows are numbered. */
  abstract String numbered();

  /** What makes a SELECT keep others from changing what it found, until the transaction ends. */
  abstract String locking();

  /** The time by the database's own clock, in milliseconds since 1970. */
  abstract String millis();

  /** What begins the changes that an INSERT makes instead, to a row that has its key already. */
  abstract String instead(String key);

  /** In such a change, what the INSERT would have put into a column. */
  abstract String offered(String column);

  /** The function that gives the least of several values. */
  abstract String least();

  /** The function that gives the greatest of several values. */
  abstract String greatest();

  /** What makes a transaction that has done nothing yet see all as it is at one moment. */
  abstract List<String> snapshot();

  /** A statement that counts the tables of a name. */
  abstract String countTables();

  /** Whether a row is there already. */
  abstract boolean isDuplicate(SQLException e);

  /** Whether a value is none for its column, is missing, or stands there already. */
  abstract boolean isUnfit(SQLException e);

  /** Whether the same transaction may well succeed if it is tried again. */
  abstract boolean isTransient(SQLException e);
}
