/** The wiring, inside one process. */
@org.jspecify.annotations.NullMarked
package dovetail.serve;
