package dovetail.iprev;

import java.util.Locale;

/** What looking up an address and its names came to (RFC 8601 2.7.3). */
public enum IprevStatus {
  /** One of its names leads back to it. */
  PASS,
  /** It has names, and none leads back to it. */
  FAIL,
  /** It is not known now. */
  TEMPERROR,
  /** It has no name. */
  PERMERROR;

  /** The result as header fields have it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
