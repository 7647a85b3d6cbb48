/** Reading what a peer sends, with every length checked before it is believed. */
@org.jspecify.annotations.NullMarked
package dovetail.server.io;
