package dovetail.dmarc;

import dovetail.dns.Resolver;
import dovetail.mail.Domain;

/** What policy record there is at a domain itself. */
public sealed interface RecordLookup {
  /** This one. */
  record Found(DmarcRecord record) implements RecordLookup {}

  /** None. */
  record Absent() implements RecordLookup {}

  /** Several, which is as good as none (RFC 9989 4.10). */
  record Several() implements RecordLookup {}

  /** The DNS did not say. */
  record Unknown() implements RecordLookup {}

  /** Asks for the record at that domain, and at none above it. */
  static RecordLookup of(Domain domain, Resolver resolver) {
    return new PolicyRecords(resolver).at(domain);
  }
}
