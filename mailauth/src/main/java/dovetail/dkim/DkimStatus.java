package dovetail.dkim;

import java.util.Locale;

/** How the check of a signature ended, in the words of RFC 8601 2.7.1. */
public enum DkimStatus {
  /** It verifies. */
  PASS,
  /** It was acceptable, and does not verify. */
  FAIL,
  /** It is not acceptable to us, whether it verifies or not. */
  POLICY,
  /** It is malformed, or could not be judged. */
  NEUTRAL,
  /** It could not be checked now; later it may. */
  TEMPERROR,
  /** It cannot be checked, now or later. */
  PERMERROR;

  /** The word in Authentication-Results. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
