/**
 * Asks DNS servers that resolve for others, over UDP and TCP. Made by the wiring alone; the only
 * place that knows dnsjava, and of that only its messages: sockets are plain ones that block a
 * virtual thread, so that there is nothing to close and no state between questions but who answers.
 */
@org.jspecify.annotations.NullMarked
package dovetail.dns.dnsjava;
