/** A thin wrapper over the JDK's HTTP server. */
@org.jspecify.annotations.NullMarked
package dovetail.http;
