/** The order of what is said: handshakes, and the messages of mechanisms. */
@org.jspecify.annotations.NullMarked
package dovetail.auth.session;
