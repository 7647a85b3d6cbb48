package dovetail.spf;

import java.util.Locale;

/** The results of SPF (RFC 7208 2.6). */
public enum SpfStatus {
  /** There is no domain to ask about, or it says nothing. */
  NONE,
  /** The domain does not say whether the client is one of its own. */
  NEUTRAL,
  /** The client may send in the domain's name. */
  PASS,
  /** It may not. */
  FAIL,
  /** It probably may not. */
  SOFTFAIL,
  /** It is not known now. */
  TEMPERROR,
  /** What the domain says cannot be understood. */
  PERMERROR;

  /** The result as header fields have it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
