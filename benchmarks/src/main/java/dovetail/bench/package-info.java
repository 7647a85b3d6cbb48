/** A load of mail for milters, ours and others, and what it costs them. */
@org.jspecify.annotations.NullMarked
package dovetail.bench;
