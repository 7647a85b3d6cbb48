/** Reads the tables of somebody else's database, or of a dump of it. */
@org.jspecify.annotations.NullMarked
package dovetail.store.foreign;
