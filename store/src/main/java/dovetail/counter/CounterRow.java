package dovetail.counter;

/**
 * What a database holds of a counter.
 *
 * @param value how much was used; for smooth windows the moment at which all is free, in
 *     nanoseconds since 1970
 */
public record CounterRow(CounterCell cell, Origin origin, long value) {}
