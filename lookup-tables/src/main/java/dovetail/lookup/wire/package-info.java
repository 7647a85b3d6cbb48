/**
 * The socketmap protocol as bytes and records. A request is a netstring of the map's name, a space
 * and the key; an answer is a netstring of a word, a space and a text. The client sends the next
 * request when it has its answer. Nothing here knows what a map means.
 */
@org.jspecify.annotations.NullMarked
package dovetail.lookup.wire;
