package dovetail.store.sql;

import java.sql.Connection;
import java.sql.SQLException;

/** Where connections come from, and how transactions begin and end on them. */
interface Source {
  /** A connection on which a transaction has begun. */
  Connection begin() throws SQLException;

  /** Ends the transaction well. */
  void commit(Connection connection) throws SQLException;

  /** Ends the transaction as if it had never been. */
  void rollBack(Connection connection) throws SQLException;

  /**
   * Takes a connection back.
   *
   * @param good whether its transaction has ended one way or the other
   */
  void giveBack(Connection connection, boolean good) throws SQLException;
}
