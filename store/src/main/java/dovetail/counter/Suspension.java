package dovetail.counter;

import java.time.Instant;

/**
 * An account that may not send for a time.
 *
 * @param account its login
 * @param cause one word: what it did
 * @param detail the same with figures, for the administrator
 */
public record Suspension(
    String account, Instant since, Instant until, String cause, String detail) {}
