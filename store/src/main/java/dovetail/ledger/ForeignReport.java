package dovetail.ledger;

import java.time.Instant;

/**
 * A report of somebody else about a domain of ours. Its texts are a stranger's.
 *
 * @param organization who made it
 * @param id its name there
 * @param domain the policy domain, as written
 * @param body the report, gzip; empty where it was only listed
 */
public record ForeignReport(
    String organization,
    String id,
    String domain,
    Instant begin,
    Instant end,
    long messages,
    Instant imported,
    Bytes body) {}
