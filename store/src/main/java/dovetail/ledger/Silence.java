package dovetail.ledger;

import java.time.Instant;

/**
 * An address that wants no reports.
 *
 * @param recipient in lower case
 * @param why the answer of its server
 */
public record Silence(String recipient, Instant until, String why) {}
