/**
 * The milter daemon: its settings, and the service that ties codec, session, filter and log
 * together.
 */
@org.jspecify.annotations.NullMarked
package dovetail.milter;
