/**
 * What administrators keep, as rows of named fields: the same table of fields makes the commands,
 * the bulk formats and the SQL.
 */
@org.jspecify.annotations.NullMarked
package dovetail.directory.edit;
