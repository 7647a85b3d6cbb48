package dovetail.milter.session;

/**
 * How much of a header section is kept.
 *
 * @param maxBytes bytes of all fields together
 * @param maxFields number of fields
 */
public record HeaderLimits(int maxBytes, int maxFields) {}
