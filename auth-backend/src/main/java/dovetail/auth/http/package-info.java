/** Logins over HTTP: for Dovecot's Lua script and auth policy, and for webmail. */
@org.jspecify.annotations.NullMarked
package dovetail.auth.http;
