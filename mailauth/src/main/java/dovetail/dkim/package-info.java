/**
 * DomainKeys Identified Mail: RFC 6376 as updated by RFC 8301 (SHA-256 only), RFC 8463 (Ed25519)
 * and RFC 8616 (internationalized domains).
 */
@org.jspecify.annotations.NullMarked
package dovetail.dkim;
