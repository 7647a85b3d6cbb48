package dovetail.dmarc;

import dovetail.dmarc.DmarcRecord.Policies;
import dovetail.dmarc.TreeWalk.Published;
import dovetail.dns.Resolver;
import dovetail.mail.Author;
import dovetail.mail.Domain;
import java.util.List;
import java.util.Optional;

/**
 * Says whether the author's domain stands behind a message, and what its owner asks for if it does
 * not (RFC 9989 5.3). Asks the DNS at most 44 questions, however many signatures there are: 8 on
 * the way up from the author domain, 7 more for each of 5 other domains, and whether the author
 * domain exists; and none after two failures. It remembers the records that it has read: make one
 * for many messages. Safe for any number of threads.
 */
public final class DmarcVerifier {
  private final Resolver resolver;
  private final KnownRecords known = new KnownRecords();

  /** A verifier that asks there. */
  public DmarcVerifier(Resolver resolver) {
    this.resolver = resolver;
  }

  /**
   * Evaluates a message by its From field.
   *
   * @param author what the field says
   * @param identifiers what SPF and DKIM found, in any order
   * @return permerror if there is no single author domain: what to make of such mail is for the
   *     caller to decide (RFC 9989 11.5)
   */
  public DmarcResult verify(Author author, List<? extends Identifier> identifiers) {
    return switch (author) {
      case Author.Missing() -> withoutAuthor(DmarcReason.NO_AUTHOR, "");
      case Author.Repeated _ -> withoutAuthor(DmarcReason.SEVERAL_FROM_FIELDS, "");
      case Author.Ambiguous(String why) -> withoutAuthor(DmarcReason.AMBIGUOUS_AUTHOR, why);
      case Author.Known(var mailboxes) -> verify(mailboxes.getFirst().domain(), identifiers);
    };
  }

  /**
   * Evaluates a message by its author domain; for somebody who judges mail of several authors, by
   * one of them.
   *
   * @param identifiers what SPF and DKIM found, in any order
   */
  public DmarcResult verify(Domain author, List<? extends Identifier> identifiers) {
    PolicyRecords records = new PolicyRecords(resolver, known::of);
    return switch (PolicyDiscovery.of(author, records)) {
      case PolicyDiscovery.Unknown() ->
          without(author, DmarcReason.RECORD_UNAVAILABLE, records.failureWords());
      case PolicyDiscovery.Absent(boolean several) ->
          without(author, several ? DmarcReason.SEVERAL_RECORDS : DmarcReason.NO_RECORD, "");
      case PolicyDiscovery.Found found -> {
        DmarcRecord record = found.published().record();
        Optional<Policies> policies = record.effective();
        yield policies.isEmpty()
            ? without(
                author,
                record.asksInvalidly() ? DmarcReason.INVALID_POLICY : DmarcReason.NO_POLICY,
                "")
            : new Evaluation(author, found, policies.get(), records).of(identifiers);
      }
    };
  }

  private static DmarcResult withoutAuthor(DmarcReason reason, String detail) {
    return new DmarcResult(reason, detail, Optional.empty(), Optional.empty(), List.of());
  }

  private static DmarcResult without(Domain author, DmarcReason reason, String detail) {
    return new DmarcResult(reason, detail, Optional.of(author), Optional.empty(), List.of());
  }

  /** The rest, once there is a policy. */
  private record Evaluation(
      Domain author, PolicyDiscovery.Found found, Policies policies, PolicyRecords records) {
    DmarcResult of(List<? extends Identifier> identifiers) {
      Alignment alignment = Alignment.of(identifiers, check());
      DmarcReason reason = alignment.reason();
      PolicyRecords.Existence existence = existence();
      if (reason.status() == DmarcStatus.FAIL && existence == PolicyRecords.Existence.UNKNOWN) {
        reason = DmarcReason.EXISTENCE_UNAVAILABLE; // RFC 9989 5.3.6
      }
      Published published = found.published();
      FoundPolicy policy =
          new FoundPolicy(
              published.domain(), found.source(), published.record(), published(existence));
      String detail = reason.status() == DmarcStatus.TEMPERROR ? records.failureWords() : "";
      return new DmarcResult(
          reason, detail, Optional.of(author), Optional.of(policy), alignment.aligned());
    }

    private AlignmentCheck check() {
      return new AlignmentCheck(author, found.published().record().modes(), records);
    }

    /** Whether the author domain exists, which is asked only where it makes a difference. */
    private PolicyRecords.Existence existence() {
      return found.source() == PolicySource.AUTHOR_DOMAIN
              || policies.forExisting() == policies.forNonexistent()
          ? PolicyRecords.Existence.EXISTS
          : records.existence(author);
    }

    /** RFC 9989 4.10.1: p= for the domain itself, sp= or np= for a name below it. */
    private Policy published(PolicyRecords.Existence existence) {
      if (found.source() == PolicySource.AUTHOR_DOMAIN) {
        return policies.domain();
      }
      return switch (existence) {
        case EXISTS, UNKNOWN -> policies.forExisting();
        case NONEXISTENT -> policies.forNonexistent();
      };
    }
  }
}
