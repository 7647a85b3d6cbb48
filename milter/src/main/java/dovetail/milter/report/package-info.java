/** Tells the owners of authors' domains what became of mail in their name (RFC 9990). */
@org.jspecify.annotations.NullMarked
package dovetail.milter.report;
