package dovetail.dmarc;

import dovetail.mail.Domain;

/**
 * The policy that holds for an author domain.
 *
 * @param domain the policy domain, where the record stands (RFC 9989 3.2.5)
 * @param source how it is related to the author domain
 * @param record the record, for reports
 * @param published what it asks for the author domain: its p=, sp= or np=
 */
public record FoundPolicy(
    Domain domain, PolicySource source, DmarcRecord record, Policy published) {
  /** What is to be applied to mail that fails: one level below while it is tested. */
  public Policy applicable() {
    return record.testing() ? published.lower() : published; // RFC 9989 4.7, t
  }
}
