package dovetail.dmarc;

import dovetail.mail.Domain;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Whether domains are aligned with the author domain (RFC 9989 4.10.2). An organizational domain is
 * the domain itself or one above it, so that only what lies at or below the author's can have the
 * same: for all else nothing is asked, and nobody can make a failing message uncertain by a
 * signature of a domain whose DNS does not answer. For one thread.
 */
final class AlignmentCheck {
  /** Domains of which the organizational domain is asked for, besides the author's. */
  static final int MAX_WALKS = 5;

  /** What is known of a domain. */
  enum Verdict {
    /** It is aligned. */
    ALIGNED,
    /** It is not; or more domains were looked at than we do. */
    UNALIGNED,
    /** The DNS did not say. */
    UNKNOWN
  }

  private final Domain author;
  private final DmarcRecord.Modes modes;
  private final PolicyRecords records;
  private final Map<Domain, Verdict> walked = new HashMap<>();

  AlignmentCheck(Domain author, DmarcRecord.Modes modes, PolicyRecords records) {
    this.author = author;
    this.modes = modes;
    this.records = records;
  }

  Verdict of(Identifier identifier) {
    Domain domain = identifier.domain();
    if (domain.equals(author)) {
      return Verdict.ALIGNED;
    }
    AlignmentMode mode =
        switch (identifier) {
          case Identifier.Spf _ -> modes.spf();
          case Identifier.Dkim _ -> modes.dkim();
        };
    return mode == AlignmentMode.STRICT || !topLevel(domain).equals(topLevel(author))
        ? Verdict.UNALIGNED
        : relaxed(domain);
  }

  private Verdict relaxed(Domain domain) {
    Optional<Domain> organization = organizationalDomain(author); // its names are asked for once
    if (organization.isEmpty()) {
      return Verdict.UNKNOWN;
    }
    if (!domain.equals(organization.get()) && !domain.isSubdomainOf(organization.get())) {
      return Verdict.UNALIGNED;
    }
    if (!walked.containsKey(domain) && walked.size() == MAX_WALKS) {
      return Verdict.UNALIGNED;
    }
    return walked.computeIfAbsent(domain, _ -> compare(domain, organization.get()));
  }

  private Verdict compare(Domain domain, Domain organization) {
    return organizationalDomain(domain)
        .map(other -> other.equals(organization) ? Verdict.ALIGNED : Verdict.UNALIGNED)
        .orElse(Verdict.UNKNOWN);
  }

  private Optional<Domain> organizationalDomain(Domain domain) {
    return switch (TreeWalk.from(domain, records)) {
      case TreeWalk.Broken() -> Optional.empty();
      case TreeWalk.Complete walk -> Optional.of(walk.organizationalDomain());
    };
  }

  private static String topLevel(Domain domain) {
    return domain.ascii().substring(domain.ascii().lastIndexOf('.') + 1);
  }
}
