package dovetail.milter.filter;

import java.util.Locale;

/** Why a message was answered as it was: one word for log, metrics and tests. */
public enum Reason {
  /** Signed. */
  SIGNED,
  /** Not from anybody for whom we sign. */
  NOT_SUBMISSION,
  /** The listener only verifies. */
  MODE_VERIFY,
  /** From a trusted client or a local process, and it already carries our results. */
  SEEN_BEFORE,
  /** From a trusted client or a local process, but it came from elsewhere before. */
  RECEIVED_UNTRUSTED,
  /** There is no From field. */
  FROM_MISSING,
  /** There are several From fields. */
  FROM_REPEATED,
  /** The From field can be read in more than one way. */
  FROM_AMBIGUOUS,
  /** There is no key for the From domain. */
  NO_KEY,
  /** Whether there is a key for the From domain cannot be found out at the moment. */
  KEYS_UNKNOWN,
  /** The login may not use the From address. */
  LOGIN_MISMATCH,
  /** The login has no domain, and none is configured for such logins. */
  LOGIN_WITHOUT_DOMAIN,
  /** Its header section is over the limits, or has too many fields to be signed. */
  HEADERS_TOO_LARGE,
  /** We failed. */
  ERROR;

  private final String word = name().toLowerCase(Locale.ROOT).replace('_', '-');

  /** The word in log lines and metrics. */
  public String word() {
    return word;
  }
}
