/** Authentication-Results fields (RFC 8601). */
@org.jspecify.annotations.NullMarked
package dovetail.authres;
