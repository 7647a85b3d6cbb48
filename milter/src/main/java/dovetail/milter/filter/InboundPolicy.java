package dovetail.milter.filter;

import dovetail.arc.ArcResult;
import dovetail.arc.ArcSet;
import dovetail.arc.ArcStatus;
import dovetail.authres.MethodResult;
import dovetail.authres.Reading;
import dovetail.dmarc.DmarcResult;
import dovetail.dmarc.Policy;
import dovetail.mail.Domain;
import dovetail.milter.filter.Disposition.Action;
import dovetail.spf.SpfStatus;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Decides what becomes of a message that was verified.
 *
 * @param enforcement how far the policies of authors' domains are followed
 * @param deferUnknown whether mail is put off while its author's policy, or whether it passes,
 *     cannot be found out
 * @param trustedSealers whose results in ARC are believed
 */
public record InboundPolicy(
    Enforcement enforcement, boolean deferUnknown, Set<Domain> trustedSealers) {
  /** Takes everything as it is. */
  public static final InboundPolicy NOTHING = new InboundPolicy(Enforcement.NONE, false, Set.of());

  /** Takes a copy of the set. */
  public InboundPolicy {
    trustedSealers = Set.copyOf(trustedSealers);
  }

  /**
   * What is to be done.
   *
   * @param otherwise why it is taken, where nothing speaks against it
   */
  Disposition decide(AuthReport report, Traces traces, Reason otherwise) {
    Disposition taken = new Disposition(Action.NONE, otherwise);
    if (enforcement == Enforcement.NONE || report.dmarc().isEmpty()) {
      return taken;
    }
    DmarcResult dmarc = report.dmarc().get();
    return switch (dmarc.status()) {
      case PASS, NONE -> taken;
      case TEMPERROR -> deferUnknown ? unknown(dmarc, report, taken) : taken;
      // RFC 9989 11.5: a field that readers take for different authors is how policies are evaded.
      case PERMERROR -> filed(Reason.AUTHOR_UNCLEAR);
      case FAIL -> failed(dmarc, report, traces, taken);
    };
  }

  /** Mail for which nothing would be done if it failed need not wait. */
  private Disposition unknown(DmarcResult dmarc, AuthReport report, Disposition taken) {
    boolean matters =
        dmarc.policy().map(policy -> policy.applicable() != Policy.NONE).orElse(true)
            && !isVouchedFor(report.arc(), dmarc.author());
    return matters ? new Disposition(Action.DEFER, Reason.DMARC_UNKNOWN) : taken;
  }

  private Disposition failed(
      DmarcResult dmarc, AuthReport report, Traces traces, Disposition taken) {
    Policy asked = dmarc.disposition();
    if (asked == Policy.NONE) {
      return taken;
    }
    if (isVouchedFor(report.arc(), dmarc.author())) {
      return new Disposition(Action.NONE, Reason.TRUSTED_SEALER);
    }
    if (asked == Policy.QUARANTINE || enforcement == Enforcement.QUARANTINE) {
      return filed(Reason.DMARC_POLICY);
    }
    // RFC 9989 7.4: not for the policy alone, but since nothing shows another way that it came.
    if (traces.list()) {
      return filed(Reason.DMARC_LIST);
    }
    if (traces.forwarder()) {
      return filed(Reason.DMARC_FORWARDED);
    }
    return new Disposition(
        Action.REJECT, spfFails(report) ? Reason.DMARC_SPF_FAIL : Reason.DMARC_DIRECT);
  }

  private static Disposition filed(Reason reason) {
    return new Disposition(Action.QUARANTINE, reason);
  }

  private static boolean spfFails(AuthReport report) {
    return report.client().spf().stream()
        .limit(1)
        .anyMatch(result -> result.status() == SpfStatus.FAIL);
  }

  /**
   * Whether somebody whom we believe has seen the message pass. A chain is worth what its sealers
   * are, so from the newest set on only as far down as all of them are trusted (RFC 8617 10).
   */
  private boolean isVouchedFor(Optional<ArcResult> arc, Optional<Domain> author) {
    List<ArcSet> sets =
        arc.filter(result -> result.status() == ArcStatus.PASS)
            .map(ArcResult::sets)
            .orElse(List.of());
    return sets.reversed().stream()
        .takeWhile(set -> trustedSealers.contains(set.sealer()))
        .anyMatch(set -> author.filter(domain -> saysPass(set.results(), domain)).isPresent());
  }

  private static boolean saysPass(Reading results, Domain author) {
    return results instanceof Reading.Parsed(var parsed)
        && parsed.results().stream().anyMatch(result -> isPass(result) && isAbout(result, author));
  }

  private static boolean isPass(MethodResult result) {
    return result.method().equals("dmarc") && result.result().equals("pass");
  }

  private static boolean isAbout(MethodResult result, Domain author) {
    return result
        .property("header", "from")
        .flatMap(Domain::parse)
        .filter(author::equals)
        .isPresent();
  }
}
