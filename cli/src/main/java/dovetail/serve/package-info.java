/** The wiring: from a configuration file to running services. */
@org.jspecify.annotations.NullMarked
package dovetail.serve;
