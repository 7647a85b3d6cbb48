package dovetail.dmarc;

import dovetail.dmarc.AlignmentCheck.Verdict;
import java.util.ArrayList;
import java.util.List;

/**
 * What alignment comes to for all that SPF and DKIM found.
 *
 * @param reason how DMARC ends by it
 * @param aligned what is authenticated and aligned
 */
record Alignment(DmarcReason reason, List<Identifier> aligned) {
  static Alignment of(List<? extends Identifier> identifiers, AlignmentCheck check) {
    List<Identifier> aligned = new ArrayList<>();
    boolean authenticated = false;
    boolean unsure = false;
    for (Identifier identifier : identifiers) {
      if (identifier.check() == Identifier.Check.PASS) {
        authenticated = true;
        switch (check.of(identifier)) {
          case ALIGNED -> aligned.add(identifier);
          case UNKNOWN -> unsure = true;
          case UNALIGNED -> {}
        }
      }
    }
    if (!aligned.isEmpty()) {
      return new Alignment(DmarcReason.ALIGNED, aligned); // RFC 9989 5.3.5: one is enough
    }
    if (unsure) {
      return new Alignment(DmarcReason.ALIGNMENT_UNAVAILABLE, aligned);
    }
    // RFC 9989 5.3.6: what may pass another time has not failed, if it would count.
    boolean mayPass =
        identifiers.stream()
            .filter(identifier -> identifier.check() == Identifier.Check.TEMPERROR)
            .anyMatch(identifier -> check.of(identifier) != Verdict.UNALIGNED);
    if (mayPass) {
      return new Alignment(DmarcReason.AUTHENTICATION_UNAVAILABLE, aligned);
    }
    return new Alignment(
        authenticated ? DmarcReason.NOT_ALIGNED : DmarcReason.NOT_AUTHENTICATED, aligned);
  }
}
