/** The lookup daemon: its settings, and the service that ties codec, maps and log together. */
@org.jspecify.annotations.NullMarked
package dovetail.lookup;
