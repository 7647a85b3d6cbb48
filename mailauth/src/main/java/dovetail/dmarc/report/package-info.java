/**
 * Aggregate reports (RFC 9990): what receivers tell the owner of a domain about mail in its name.
 */
@org.jspecify.annotations.NullMarked
package dovetail.dmarc.report;
