/**
 * What a message means: facts are collected into a report, a pure function decides on it, the
 * decision becomes edits and an answer. Knows neither bytes of the protocol nor sockets.
 */
@org.jspecify.annotations.NullMarked
package dovetail.milter.filter;
