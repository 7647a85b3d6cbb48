package dovetail.dmarc;

import java.util.Locale;

/** Whose record the policy is from (RFC 9989 4.10.1), in the order in which they are preferred. */
public enum PolicySource {
  /** The author domain's own. */
  AUTHOR_DOMAIN,
  /** That of its organizational domain. */
  ORGANIZATIONAL_DOMAIN,
  /** That of the public suffix which the organizational domain is registered below. */
  PUBLIC_SUFFIX;

  /** The source in one word, for log and metrics. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
