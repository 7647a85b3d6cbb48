/** What becomes of a login, and of questions about accounts: meaning without bytes or sockets. */
@org.jspecify.annotations.NullMarked
package dovetail.auth.answer;
