package dovetail.store.sql;

import java.sql.SQLException;

/** What is done in one transaction; it may be done again from the start if the database asks. */
@FunctionalInterface
interface Work<T, E extends Exception> {
  T run(Statements sql) throws SQLException, E;
}
