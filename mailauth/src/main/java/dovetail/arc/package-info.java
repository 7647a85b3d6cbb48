/**
 * Authenticated Received Chain (RFC 8617): whether what earlier handlers of a message say of its
 * authentication is as they wrote it.
 */
@org.jspecify.annotations.NullMarked
package dovetail.arc;
