/** The commands of the command line. */
@org.jspecify.annotations.NullMarked
package dovetail.cli;
