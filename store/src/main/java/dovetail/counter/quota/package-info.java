/** What may be used, as people write it. */
@org.jspecify.annotations.NullMarked
package dovetail.counter.quota;
