package dovetail.policy.rule;

import java.util.Locale;

/** Why a rule wants something: one word for log, metrics and tests. */
public enum Reason {
  /** A sending limit is used up, or would be by this message. */
  LIMIT,
  /** Nothing may be sent by whom this is from. */
  LIMIT_NONE,
  /** Sending was suspended, since it was not like its sender. */
  SUSPENDED,
  /** An access list says so. */
  ACCESS,
  /** Too many recipients for one message. */
  RECIPIENTS,
  /** Too large. */
  SIZE,
  /** The login may not write in the sender's name. */
  SENDER_LOGIN,
  /** The sender is one of ours, and nobody has logged in. */
  SENDER_UNPROVEN,
  /** There is no such address. */
  NO_SUCH_RECIPIENT,
  /** All mailboxes behind the address are full. */
  MAILBOX_FULL,
  /** SPF says that the client may not use the sender's domain. */
  SPF_FAIL,
  /** The same, but its domain is not sure. */
  SPF_SOFTFAIL,
  /** The SPF record cannot be understood. */
  SPF_PERMERROR,
  /** SPF cannot be checked now, as the DNS does not answer. */
  SPF_TEMPERROR,
  /** What SPF has found is told in a header field. */
  SPF_RESULT,
  /** Lists of the DNS know the client as bad. */
  DNSBL,
  /** The client calls itself what nobody is called. */
  HELO,
  /** The client's address has no name, or one that does not lead back to it. */
  PTR,
  /** The client is unknown and shall come back. */
  GREYLISTED,
  /** It did come back, which is told in a header field. */
  GREYLIST_PASSED;

  private final String word = name().toLowerCase(Locale.ROOT).replace('_', '-');

  /** The word in log lines and metrics. */
  public String word() {
    return word;
  }
}
