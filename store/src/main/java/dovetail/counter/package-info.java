/** How much of something was used in the time just past: the counters behind sending limits. */
@org.jspecify.annotations.NullMarked
package dovetail.counter;
