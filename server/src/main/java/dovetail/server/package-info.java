/** Listeners, connections, their deadlines and limits, and the signals of the process. */
@org.jspecify.annotations.NullMarked
package dovetail.server;
