package dovetail.dkim;

import dovetail.mail.Domain;

/**
 * A key and where its public half is published: the d= and s= of the signatures made with it.
 *
 * <p>Both are written as A-labels, which RFC 6376 3.5 demands. RFC 8616 5 would rather see U-labels
 * in a header that is internationalized already, but A-labels stay valid there, and they are what
 * older verifiers understand.
 *
 * @param domain who signs
 * @param selector one or more labels in front of {@code _domainkey} (RFC 6376 3.1), in lower case
 */
public record SigningKey(Domain domain, String selector, DkimKey key) {
  /**
   * Takes U-labels or A-labels in any case. Underscores are allowed, as the DNS allows them and
   * selectors that are in use have them.
   *
   * @throws IllegalArgumentException if the selector and the domain give no DNS name
   */
  public SigningKey {
    String suffix = KeyRecord.name("", domain);
    String given = selector;
    String name =
        domain
            .below(KeyRecord.SUBDOMAIN)
            .flatMap(keys -> keys.below(given))
            .map(Domain::ascii)
            .orElseThrow(() -> new IllegalArgumentException(notAName(given, domain)));
    selector = name.substring(0, name.length() - suffix.length());
  }

  private static String notAName(String selector, Domain domain) {
    return "selector \"" + selector + "\" and domain " + domain + " give no DNS name";
  }
}
