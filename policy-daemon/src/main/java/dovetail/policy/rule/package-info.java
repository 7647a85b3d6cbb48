/**
 * What the policy daemon thinks of a request. Each rule reports; one function decides ({@link
 * dovetail.policy.rule.Judgement}).
 */
@org.jspecify.annotations.NullMarked
package dovetail.policy.rule;
