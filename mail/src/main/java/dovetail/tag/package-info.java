/** The tag=value lists of DKIM, DMARC and ARC (RFC 6376 3.2). */
@org.jspecify.annotations.NullMarked
package dovetail.tag;
