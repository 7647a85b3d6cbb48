package dovetail.ledger;

import java.time.Instant;
import java.util.List;

/**
 * A report that was made here.
 *
 * @param id its Report-ID
 * @param day what it is about
 * @param messages how many
 * @param made when
 * @param note why nobody gets it, or empty
 * @param body what is attached, gzip; empty where it was not read, and if nobody gets it
 * @param recipients to whom it is to go
 */
public record OwnReport(
    String id,
    DomainDay day,
    long messages,
    Instant made,
    String note,
    Bytes body,
    List<String> recipients) {
  public OwnReport {
    recipients = List.copyOf(recipients);
  }
}
