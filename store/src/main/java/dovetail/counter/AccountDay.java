package dovetail.counter;

/**
 * The busiest ten minutes of an account on one day.
 *
 * @param day since 1970
 * @param recipients how many were written to
 * @param domains in how many domains
 */
public record AccountDay(String account, long day, int recipients, int domains) {}
