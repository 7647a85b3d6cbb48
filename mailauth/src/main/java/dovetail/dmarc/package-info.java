/**
 * Domain-based Message Authentication, Reporting and Conformance (RFC 9989): whether the author's
 * domain stands behind a message, and what its owner asks for if it does not. No list of public
 * suffixes is used: the DNS itself says where organizations begin.
 */
@org.jspecify.annotations.NullMarked
package dovetail.dmarc;
