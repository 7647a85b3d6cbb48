package dovetail.lookup.map;

import dovetail.lookup.mtasts.MtaSts;
import dovetail.lookup.mtasts.TlsAnswer;
import dovetail.lookup.wire.Reply;

/**
 * {@code smtp_tls_policy_maps}: the rows, and where none says anything what a domain asks for
 * itself. A row that Postfix would not have found here, since it asks for a port, or for names
 * above only when it has heard nothing, comes before that, too: somebody has meant it.
 *
 * @param reported whether what TLSRPT needs is in the answers
 */
record TlsPolicyMap(LookupMap rows, MtaSts policies, boolean reported) {
  /** The same map for Postfix 3.10 and later, with what TLSRPT needs. */
  static final String REPORTED = "smtp_tls_policy_maps_tlsrpt";

  Finding find(String key) {
    Finding row = rows.find(key);
    if (!isNothing(row)) {
      return row;
    }
    return switch (policies.answer(key, reported)) {
      case TlsAnswer.Secure(String value) ->
          unlessRow(key, Finding.found(value, Reason.STS_POLICY));
      case TlsAnswer.ByDane(String value) -> unlessRow(key, Finding.found(value, Reason.DANE));
      case TlsAnswer.Unknown(String why) -> unlessRow(key, Finding.undecided(why));
      case TlsAnswer.Nothing(TlsAnswer.Why why) -> Finding.nothing(reason(why));
    };
  }

  private Finding unlessRow(String key, Finding policy) {
    for (String name : MtaSts.coveringNames(key)) {
      Finding row = rows.find(name);
      if (!isNothing(row)) {
        return row;
      }
    }
    return policy;
  }

  private static boolean isNothing(Finding finding) {
    return finding.reply() instanceof Reply.NotFound;
  }

  private static Reason reason(TlsAnswer.Why why) {
    return switch (why) {
      case NO_DOMAIN -> Reason.NO_DOMAIN;
      case NO_POLICY -> Reason.NO_POLICY;
      case NOT_ENFORCED -> Reason.NOT_ENFORCED;
    };
  }
}
