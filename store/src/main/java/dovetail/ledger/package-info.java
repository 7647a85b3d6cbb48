/** What messages leave behind: what DMARC found in them, and the reports made of it. */
@org.jspecify.annotations.NullMarked
package dovetail.ledger;
