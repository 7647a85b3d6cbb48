/** What rules know from the store. */
@org.jspecify.annotations.NullMarked
package dovetail.policy.source;
