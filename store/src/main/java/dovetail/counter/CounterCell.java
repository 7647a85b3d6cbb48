package dovetail.counter;

import java.time.Duration;

/**
 * One number that a database keeps of a counter.
 *
 * @param slot which part of the time, for calendar and sliding windows; 0 for smooth ones, of which
 *     there is one number
 */
public record CounterCell(CounterName name, WindowKind kind, Duration length, long slot) {}
