/** The commands, run as the command line runs them. */
@org.jspecify.annotations.NullMarked
package dovetail.cli;
