package dovetail.arc;

import java.util.Locale;

/** How the check of a chain ended. */
public enum ArcStatus {
  /** There is no chain. */
  NONE,
  /** It is whole. */
  PASS,
  /** It is broken. */
  FAIL,
  /**
   * It could not be checked now; later it may. To RFC 8617 5.2.1 that is a fail: nobody may treat
   * it better than one.
   */
  TEMPERROR;

  /** The status in one word. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
