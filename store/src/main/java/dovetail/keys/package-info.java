/** The DKIM keys that are kept in the database, and what becomes of each. */
@org.jspecify.annotations.NullMarked
package dovetail.keys;
