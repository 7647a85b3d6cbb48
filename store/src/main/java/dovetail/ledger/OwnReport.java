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
 * @param note who does not get it, and why; empty if nobody was left out
 * @param body what is attached, gzip; empty where it was not read, and if nobody gets it
 * @param recipients to whom it is to go; empty where it was read, too: see {@link
 *     Ledger#deliveries}
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
