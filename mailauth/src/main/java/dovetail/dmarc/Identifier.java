package dovetail.dmarc;

import dovetail.mail.Domain;

/**
 * A domain of which SPF or DKIM had to say whether it stands behind the message (RFC 9989 3.2.1).
 * One that did not pass may be left out, unless it is not known whether it does.
 */
public sealed interface Identifier {
  /** What the check of an identifier came to, as far as DMARC cares. */
  enum Check {
    /** It passed: the identifier is authenticated. */
    PASS,
    /** It did not pass: fail, neutral, none, policy or permerror. */
    FAIL,
    /** It may pass another time: temperror. */
    TEMPERROR
  }

  /**
   * The domain of MAIL FROM; of a null sender, the domain of HELO, as postmaster's (RFC 9989
   * 3.2.4). What SPF says of HELO beside a sender is none of DMARC's business.
   */
  record Spf(Domain domain, Check check) implements Identifier {}

  /**
   * The domain of a DKIM signature.
   *
   * @param domain its d= tag
   * @param selector its s= tag
   */
  record Dkim(Domain domain, String selector, Check check) implements Identifier {}

  /** The domain. */
  Domain domain();

  /** What its check came to. */
  Check check();
}
