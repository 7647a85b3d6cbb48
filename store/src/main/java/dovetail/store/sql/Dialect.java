package dovetail.store.sql;

import java.sql.SQLException;
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
    String countTables() {
      return "SELECT COUNT(*) FROM information_schema.tables"
          + " WHERE table_schema = DATABASE() AND table_name = ?";
    }

    @Override
    boolean isDuplicate(SQLException e) {
      return e.getErrorCode() == 1062; // ER_DUP_ENTRY
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
    boolean isTransient(SQLException e) {
      return e instanceof SQLiteException failure
          && switch (failure.getResultCode()) {
            case SQLITE_BUSY, SQLITE_BUSY_SNAPSHOT, SQLITE_BUSY_RECOVERY, SQLITE_LOCKED -> true;
            default -> false;
          };
    }
  };

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

  /** A statement that counts the tables of a name. */
  abstract String countTables();

  /** Whether a row is there already. */
  abstract boolean isDuplicate(SQLException e);

  /** Whether the same transaction may well succeed if it is tried again. */
  abstract boolean isTransient(SQLException e);
}
