/** The only place that knows SQL, MariaDB's and SQLite's, and the traps of both. */
@org.jspecify.annotations.NullMarked
package dovetail.store.sql;
