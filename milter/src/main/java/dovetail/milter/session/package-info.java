/**
 * The order of a milter conversation: which command may follow which, which of them wait for an
 * answer, and where a message begins and ends.
 */
@org.jspecify.annotations.NullMarked
package dovetail.milter.session;
