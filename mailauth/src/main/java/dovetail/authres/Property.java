package dovetail.authres;

/**
 * What a result is about, {@code header.d=example.org} (RFC 8601 2.2 propspec).
 *
 * @param ptype where it comes from: smtp, header, body, policy or another keyword; in lower case
 * @param property what it is; in lower case
 * @param value text that a stranger may have written; only the writer makes it safe
 */
public record Property(String ptype, String property, String value) {
  /**
   * Checks the names.
   *
   * @throws IllegalArgumentException if the first or second is no keyword
   */
  public Property {
    ptype = Keyword.of(ptype);
    property = Keyword.of(property);
  }
}
