package dovetail.dns;

import java.util.Locale;

/** Why a question has no answer. All of these may be over soon: none says that a name is absent. */
public enum Failure {
  /** No answer in time. */
  TIMEOUT,
  /** The server could not find out (SERVFAIL), which includes data that fails DNSSEC. */
  SERVER_FAILURE,
  /** The server does not answer us (REFUSED) or not such questions (NOTIMP, FORMERR, ...). */
  REFUSED,
  /** What came back is no answer to the question, or cannot be read. */
  MALFORMED,
  /** The server of a zone does not answer for it itself. */
  NOT_AUTHORITATIVE,
  /** The server cannot be reached. */
  UNREACHABLE,
  /** A chain of aliases (CNAME, DNAME) that is too long or goes round. */
  ALIAS_LOOP,
  /** More questions than may be asked at once. */
  TOO_MANY;

  private final String words = name().toLowerCase(Locale.ROOT).replace('_', ' ');

  /** The failure in words, for results and logs. */
  public String words() {
    return words;
  }
}
