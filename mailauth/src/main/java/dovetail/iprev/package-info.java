/**
 * Whether the name that the DNS has for a client's address leads back to it (RFC 8601 3): what the
 * results call iprev.
 */
@org.jspecify.annotations.NullMarked
package dovetail.iprev;
