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
  /** Fails DMARC, or may, but somebody whom we trust has seen it pass and sealed that. */
  TRUSTED_SEALER,
  /** Fails DMARC, or may, but there is an exception for its author's domain. */
  EXCEPTION_AUTHOR,
  /** The same for the domain of its return path, which SPF has found right. */
  EXCEPTION_SENDER,
  /** The same for its mailing list, whose domain is authenticated. */
  EXCEPTION_LIST,
  /** The same for its client. */
  EXCEPTION_CLIENT,
  /** The same for somebody who has seen it pass and sealed that. */
  EXCEPTION_SEALER,
  /** It would be refused, but whether there is an exception cannot be found out at the moment. */
  EXCEPTIONS_UNKNOWN,
  /** Whether its author's domain stands behind it cannot be found out at the moment. */
  DMARC_UNKNOWN,
  /** Whose mail it is depends on who reads the From field. */
  AUTHOR_UNCLEAR,
  /** Fails DMARC, and its author's domain asks for nothing. */
  DMARC_NONE,
  /** Fails DMARC, and its author's domain asks to have it filed. */
  DMARC_POLICY,
  /** Fails DMARC, but may have come through a mailing list. */
  DMARC_LIST,
  /** Fails DMARC, but may have been forwarded. */
  DMARC_FORWARDED,
  /** Fails DMARC, and SPF says that the client may not use the return path. */
  DMARC_SPF_FAIL,
  /** Fails DMARC, and nothing shows that it has come any other way than from its sender. */
  DMARC_DIRECT,
  /** A copy may be due to an archive that cannot be found out, or told, at the moment. */
  ARCHIVE_UNKNOWN,
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
