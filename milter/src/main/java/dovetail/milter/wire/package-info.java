/**
 * The milter protocol, version 6, as bytes and records. A packet is a 32-bit length in network byte
 * order, a command letter and data; the length counts the letter. The MTA speaks first, with a
 * negotiation; what has been agreed there decides which events are sent and which of them wait for
 * an answer. An event may be preceded by a packet of macros. Nothing here knows what a message
 * means.
 */
@org.jspecify.annotations.NullMarked
package dovetail.milter.wire;
