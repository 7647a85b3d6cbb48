package dovetail.dmarc.report;

import dovetail.dmarc.ReportUri;
import dovetail.mail.Address;

/** Where reports are asked to be sent, and whether they may. */
public sealed interface Destination {
  /** The URI as a record has it: that of the policy, or what the destination has in its place. */
  ReportUri uri();

  /** They may. */
  record Allowed(ReportUri uri, Address address) implements Destination {}

  /** They may not: who is there has not asked for them (RFC 9990 4). */
  record Unauthorized(ReportUri uri) implements Destination {}

  /** The DNS does not say now; later it may. */
  record Unknown(ReportUri uri) implements Destination {}

  /** It is no mail address, and there is no other way. */
  record Unusable(ReportUri uri) implements Destination {}
}
