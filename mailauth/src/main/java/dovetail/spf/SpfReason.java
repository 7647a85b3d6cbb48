package dovetail.spf;

import java.util.Locale;

/** Why a check ended so: one for results, log and tests. */
public enum SpfReason {
  /** A mechanism matched the client (RFC 7208 4.6.2); its qualifier says what that means. */
  MATCHED("mechanism matched"),
  /** Neither did any mechanism match nor is there a redirection (RFC 7208 4.7). */
  NO_MATCH("no mechanism matched"),
  /** RFC 7208 4.3: a literal, a single label, nothing at all. */
  NO_DOMAIN("no domain name"),
  /** RFC 7208 4.5. */
  NO_RECORD("no SPF record"),
  /** RFC 7208 4.5. */
  SEVERAL_RECORDS("more than one SPF record"),
  /** RFC 7208 4.6. */
  MALFORMED("malformed SPF record"),
  /** RFC 7208 5.2, 6.1: a record that another one refers to is not there. */
  NO_REFERENCED_RECORD("referenced domain has no SPF record"),
  /** RFC 7208 4.6.4: more than ten terms that need the DNS. */
  TOO_MANY_LOOKUPS("too many DNS lookups"),
  /** RFC 7208 4.6.4: more than two questions to which there is nothing. */
  TOO_MANY_VOID_LOOKUPS("too many void DNS lookups"),
  /** RFC 7208 4.6.4: a domain with more than ten mail exchangers. */
  TOO_MANY_EXCHANGERS("too many mail exchangers"),
  /** RFC 7208 4.4, 5: the DNS did not answer. */
  DNS_FAILURE("DNS lookup failed"),
  /** RFC 7208 4.6.4: it took longer than a check may take. */
  TOO_SLOW("DNS lookups took too long");

  private final String words;

  SpfReason(String words) {
    this.words = words;
  }

  /** The reason in fixed words, without anything that a stranger has written. */
  public String words() {
    return words;
  }

  /** The reason in one word, for log and metrics. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
