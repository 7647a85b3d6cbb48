package dovetail.policy.rule;

/**
 * A rule in its place.
 *
 * @param name as the administrator calls it
 * @param type the rule's kind
 */
public record NamedRule(String name, String type, Mode mode, Scope scope, Rule rule) {}
