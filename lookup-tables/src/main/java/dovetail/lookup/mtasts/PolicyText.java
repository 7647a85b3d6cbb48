package dovetail.lookup.mtasts;

import dovetail.mail.Domain;
import java.util.stream.Collectors;

/**
 * A policy in the words of Postfix's smtp_tls_policy_maps. A word that Postfix does not know makes
 * all of it void, and the mail is deferred.
 *
 * @param serverName whether Postfix is to name the host that it connects to in TLS (SNI), as RFC
 *     8461 4 has it: Postfix 3.4 and later
 * @param reported whether what TLSRPT needs is added: Postfix 3.10 and later
 */
record PolicyText(boolean serverName, boolean reported) {
  /** More than this and what is only for reports is left out: Postfix reads 100,000 octets. */
  private static final int MOST = 90_000;

  static final String DANE = "dane-only";

  String of(Domain domain, Policy policy) {
    String secure =
        policy.mx().stream()
                .map(MxPattern::match)
                .distinct()
                .collect(Collectors.joining(":", "secure match=", ""))
            + (serverName ? " servername=hostname" : "");
    if (!reported) {
      return secure;
    }
    String whole = secure + report(domain, policy);
    return whole.length() <= MOST ? whole : secure;
  }

  /** Postfix's TLSRPT_README; what has spaces stands in braces, of which our lines have none. */
  private static String report(Domain domain, Policy policy) {
    StringBuilder text = new StringBuilder(" policy_type=sts policy_domain=").append(domain);
    policy.mx().forEach(pattern -> text.append(" mx_host_pattern=").append(pattern));
    policy.lines().forEach(line -> text.append(" { policy_string = ").append(line).append(" }"));
    return text.toString();
  }
}
