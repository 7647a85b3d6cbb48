package dovetail.milter.filter;

import dovetail.dmarc.DmarcResult;
import dovetail.dmarc.Policy;
import dovetail.spf.SpfStatus;
import java.util.Optional;

/** What DMARC says against a message, for which something may be done with it. */
public enum Concern {
  /** Fails, and its author's domain asks for nothing. */
  DMARC_NONE,
  /** Fails, and its author's domain asks to have it quarantined. */
  DMARC_POLICY,
  /** Fails under p=reject, but may have come through a mailing list. */
  DMARC_LIST,
  /** Fails under p=reject, but may have been forwarded. */
  DMARC_FORWARDED,
  /** Fails under p=reject, and SPF says that the client may not use the return path. */
  DMARC_SPF_FAIL,
  /** Fails under p=reject, and nothing shows that it has come any other way. */
  DMARC_DIRECT,
  /** Whose mail it is depends on who reads the From field. */
  AUTHOR_UNCLEAR,
  /** It cannot be found out at the moment. */
  DMARC_UNKNOWN;

  /** What the findings come to; nothing if nothing speaks against the message. */
  static Optional<Concern> of(AuthReport report, Traces traces) {
    return report
        .dmarc()
        .flatMap(dmarc ->
            switch (dmarc.status()) {
              case PASS, NONE -> Optional.empty();
              case TEMPERROR -> matters(dmarc) ? Optional.of(DMARC_UNKNOWN) : Optional.empty();
              // RFC 9989 11.5: a field that readers take for different authors is how policies are
              // evaded.
              case PERMERROR -> Optional.of(AUTHOR_UNCLEAR);
              case FAIL -> Optional.of(ofFailure(dmarc.disposition(), report, traces));
            });
  }

  /** Mail for which nothing is asked if it fails need not wait. */
  private static boolean matters(DmarcResult dmarc) {
    return dmarc.policy().map(policy -> policy.applicable() != Policy.NONE).orElse(true);
  }

  private static Concern ofFailure(Policy asked, AuthReport report, Traces traces) {
    return switch (asked) {
      case NONE -> DMARC_NONE;
      case QUARANTINE -> DMARC_POLICY;
      // RFC 9989 7.4: not for the policy alone, but since nothing shows another way that it came.
      case REJECT -> {
        if (traces.list()) {
          yield DMARC_LIST;
        }
        if (traces.forwarder()) {
          yield DMARC_FORWARDED;
        }
        yield spfFails(report) ? DMARC_SPF_FAIL : DMARC_DIRECT;
      }
    };
  }

  private static boolean spfFails(AuthReport report) {
    return report.client().spf().stream()
        .limit(1)
        .anyMatch(result -> result.status() == SpfStatus.FAIL);
  }

  /** The reason that goes with it. */
  public Reason reason() {
    return switch (this) {
      case DMARC_NONE -> Reason.DMARC_NONE;
      case DMARC_POLICY -> Reason.DMARC_POLICY;
      case DMARC_LIST -> Reason.DMARC_LIST;
      case DMARC_FORWARDED -> Reason.DMARC_FORWARDED;
      case DMARC_SPF_FAIL -> Reason.DMARC_SPF_FAIL;
      case DMARC_DIRECT -> Reason.DMARC_DIRECT;
      case AUTHOR_UNCLEAR -> Reason.AUTHOR_UNCLEAR;
      case DMARC_UNKNOWN -> Reason.DMARC_UNKNOWN;
    };
  }

  /** Whether it is a failure for which the author's domain asks that something be done. */
  boolean isUsual() {
    return switch (this) {
      case DMARC_POLICY, DMARC_LIST, DMARC_FORWARDED, DMARC_SPF_FAIL, DMARC_DIRECT -> true;
      case DMARC_NONE, AUTHOR_UNCLEAR, DMARC_UNKNOWN -> false;
    };
  }

  /**
   * Why that may not be done for it, in words for the administrator.
   *
   * @return nothing if it may
   */
  Optional<String> objection(Disposition.Action action) {
    return switch (this) {
      // What they rest on is written by whoever sends: it would deliver every forgery.
      case DMARC_LIST, DMARC_FORWARDED ->
          action == Disposition.Action.NONE
              ? Optional.of(
                  "whoever sends can write a List-Id or a Received field: mail that shows one may be"
                      + " marked, but not taken unmarked; known lists and forwarders are exceptions or"
                      + " trusted_sealers")
              : Optional.empty();
      case DMARC_UNKNOWN ->
          action == Disposition.Action.QUARANTINE || action == Disposition.Action.REJECT
              ? Optional.of("a DNS that does not answer is no failure: none, mark or defer")
              : Optional.empty();
      case DMARC_NONE, DMARC_POLICY, DMARC_SPF_FAIL, DMARC_DIRECT, AUTHOR_UNCLEAR ->
          Optional.empty();
    };
  }
}
