package dovetail.dmarc;

import dovetail.dns.Resolver;
import dovetail.mail.Domain;

/** Whether two domains have the same organizational domain (RFC 9989 4.10.2). */
public enum Kinship {
  SAME,
  OTHER,
  /** The DNS did not say. */
  UNKNOWN;

  private static final DmarcRecord.Modes RELAXED =
      new DmarcRecord.Modes(AlignmentMode.RELAXED, AlignmentMode.RELAXED);

  /**
   * Finds out; asks nothing if they are the same or cannot be of one organization, else at most 16
   * questions.
   */
  public static Kinship of(Domain one, Domain other, Resolver resolver) {
    AlignmentCheck check = new AlignmentCheck(one, RELAXED, new PolicyRecords(resolver));
    return switch (check.of(new Identifier.Spf(other, Identifier.Check.PASS))) {
      case ALIGNED -> SAME;
      case UNALIGNED -> OTHER;
      case UNKNOWN -> UNKNOWN;
    };
  }
}
