/**
 * The protocols of Dovecot's auth process and of its dict, as bytes and records: the auth client
 * protocol (Postfix and Dovecot's login processes log people in), the auth master protocol (who is
 * this user, who are all users) and the dict protocol (keys and values). Each has a server's and a
 * client's side. Nothing here knows an order of lines, or what is in them means.
 *
 * <p>All have lines that end with LF, of fields between TABs. In a field, octet 1 and a letter
 * stand for what would end it. A user's response is {@link dovetail.auth.wire.SaslData}, which
 * tells nobody what it holds; no exception from here has any text in it that a peer has sent.
 */
@org.jspecify.annotations.NullMarked
package dovetail.auth.wire;
