/** What opendkim's configuration means in ours. */
@org.jspecify.annotations.NullMarked
package dovetail.cli.opendkim;
