package dovetail.store.sql;

import dovetail.directory.edit.UnavailableException;
import dovetail.directory.edit.UnsettledException;
import java.sql.Connection;
import java.sql.SQLException;

/** Runs work in transactions, again where the database asks for that. */
final class Transactions {
  private static final int TRIES = 8;

  private final Dialect dialect;
  private final Source source;
  private final Pauses pauses;

  Transactions(Dialect dialect, Source source, Pauses pauses) {
    this.dialect = dialect;
    this.source = source;
    this.pauses = pauses;
  }

  <T, E extends Exception> T run(Work<T, E> work) throws E, UnavailableException {
    for (int attempt = 1; ; attempt++) {
      try {
        return once(work);
      } catch (SQLException e) {
        if (attempt == TRIES || !dialect.isTransient(e)) {
          throw new UnavailableException(String.valueOf(e.getMessage()), e);
        }
        pauses.before(attempt);
      }
    }
  }

  private <T, E extends Exception> T once(Work<T, E> work)
      throws SQLException, E, UnsettledException {
    Connection connection = source.begin();
    boolean good = false;
    try {
      T result = inTransaction(connection, work);
      good = true;
      return result;
    } finally {
      giveBack(connection, good || rollBack(connection));
    }
  }

  /** What was to be done is done, or has failed, whatever becomes of the connection now. */
  private void giveBack(Connection connection, boolean usable) {
    try {
      source.giveBack(connection, usable);
    } catch (SQLException _) {
      // It is broken, and was not taken back.
    }
  }

  private <T, E extends Exception> T inTransaction(Connection connection, Work<T, E> work)
      throws SQLException, E, UnsettledException {
    try (Statements statements = new Statements(connection, dialect)) {
      T result = work.run(statements);
      statements.flush();
      commit(connection);
      return result;
    }
  }

  private void commit(Connection connection) throws SQLException, UnsettledException {
    try {
      source.commit(connection);
    } catch (SQLException e) {
      if (dialect.isTransient(e)) {
        throw e;
      }
      throw new UnsettledException(String.valueOf(e.getMessage()), e);
    }
  }

  /** What made it necessary is on its way to the caller, who needs nothing more. */
  private boolean rollBack(Connection connection) {
    try {
      source.rollBack(connection);
      return true;
    } catch (SQLException _) {
      return false; // broken, and its transaction is gone with it
    }
  }
}
