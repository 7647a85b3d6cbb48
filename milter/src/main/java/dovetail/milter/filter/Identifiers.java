package dovetail.milter.filter;

import dovetail.dkim.DkimResult;
import dovetail.dkim.DkimStatus;
import dovetail.dmarc.Identifier;
import dovetail.spf.SpfResult;
import dovetail.spf.SpfStatus;
import java.util.ArrayList;
import java.util.List;

/** What SPF and DKIM found, in the terms of DMARC (RFC 9989 5.3.3, 5.3.4). */
final class Identifiers {
  private Identifiers() {}

  /**
   * The domains that may stand behind a message.
   *
   * @param spf of these, only the first counts: that of the return path
   */
  static List<Identifier> of(List<SpfResult> spf, List<DkimResult> signatures) {
    List<Identifier> identifiers = new ArrayList<>(1 + signatures.size());
    spf.stream()
        .limit(1)
        .forEach(result ->
            result
                .domain()
                .ifPresent(
                    domain -> identifiers.add(new Identifier.Spf(domain, check(result.status())))));
    for (DkimResult result : signatures) {
      DkimResult.Claims claims = result.claims();
      claims
          .domain()
          .ifPresent(domain ->
              identifiers.add(
                  new Identifier.Dkim(
                      domain, claims.selector().orElse(""), check(result.status()))));
    }
    return identifiers;
  }

  private static Identifier.Check check(SpfStatus status) {
    return switch (status) {
      case PASS -> Identifier.Check.PASS;
      case TEMPERROR -> Identifier.Check.TEMPERROR;
      case NONE, NEUTRAL, FAIL, SOFTFAIL, PERMERROR -> Identifier.Check.FAIL;
    };
  }

  private static Identifier.Check check(DkimStatus status) {
    return switch (status) {
      case PASS -> Identifier.Check.PASS;
      case TEMPERROR -> Identifier.Check.TEMPERROR;
      case FAIL, POLICY, NEUTRAL, PERMERROR -> Identifier.Check.FAIL;
    };
  }
}
