package dovetail.dmarc;

import java.util.Locale;

/** How DMARC ended, in the words of RFC 9989 9.2. */
public enum DmarcStatus {
  /** No policy applies. */
  NONE,
  /** The author domain stands behind the message. */
  PASS,
  /** There is a policy, and nothing shows that the author domain stands behind the message. */
  FAIL,
  /** It could not be found out now; later it may. */
  TEMPERROR,
  /** It cannot be found out, now or later. */
  PERMERROR;

  /** The word in Authentication-Results. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
