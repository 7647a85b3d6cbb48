/**
 * What clients and servers of SASL say to each other, mechanism by mechanism: octets to records and
 * back. Whether a name or a password is right is nobody's question here. Whatever holds a secret
 * hides it.
 */
@org.jspecify.annotations.NullMarked
package dovetail.auth.wire.sasl;
