package dovetail.auth.answer;

import java.time.Instant;

/** What somebody who keeps mail tells of a mailbox. */
public sealed interface MailboxNote {
  /** Whose mailbox, as it was told; perhaps nobody's. */
  String user();

  /** So many bytes were in it then. */
  record Bytes(String user, long bytes, Instant at) implements MailboxNote {}

  /** So many messages were in it then. */
  record Messages(String user, long messages, Instant at) implements MailboxNote {}

  /**
   * Its owner has logged in.
   *
   * @param service where, such as {@code imap}; 64 characters at most
   */
  record LoggedIn(String user, String service, Instant at) implements MailboxNote {}
}
