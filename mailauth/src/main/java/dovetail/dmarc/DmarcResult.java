package dovetail.dmarc;

import dovetail.mail.Domain;
import java.util.List;
import java.util.Optional;

/**
 * What DMARC says of a message. It is a fact, not a decision: nobody should refuse mail for it
 * alone (RFC 9989 5.4).
 *
 * @param reason how it ended and why
 * @param detail what exactly was wrong, in fixed words; empty where the reason says it all
 * @param author the author domain, if there is just one
 * @param policy the policy, if one was found
 * @param aligned what is authenticated and aligned with the author domain, in the order in which it
 *     was given
 */
public record DmarcResult(
    DmarcReason reason,
    String detail,
    Optional<Domain> author,
    Optional<FoundPolicy> policy,
    List<Identifier> aligned) {
  /** Takes a copy of the list. */
  public DmarcResult {
    aligned = List.copyOf(aligned);
  }

  /** For somebody who could not wait for the result. */
  public static DmarcResult timedOut(Optional<Domain> author) {
    return new DmarcResult(
        DmarcReason.RECORD_UNAVAILABLE, "timeout", author, Optional.empty(), List.of());
  }

  /** The result in one word. */
  public DmarcStatus status() {
    return reason.status();
  }

  /** The reason with its detail, for people. */
  public String words() {
    return reason.words(detail);
  }

  /** What the author domain's owner asks for this message: nothing unless it has failed. */
  public Policy disposition() {
    return status() == DmarcStatus.FAIL
        ? policy.map(FoundPolicy::applicable).orElse(Policy.NONE)
        : Policy.NONE;
  }

  /** Whether SPF has passed for an aligned domain. */
  public boolean spfAligned() {
    return aligned.stream().anyMatch(Identifier.Spf.class::isInstance);
  }

  /** Whether a signature of an aligned domain has verified. */
  public boolean dkimAligned() {
    return aligned.stream().anyMatch(Identifier.Dkim.class::isInstance);
  }
}
