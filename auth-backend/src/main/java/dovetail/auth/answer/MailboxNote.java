package dovetail.auth.answer;

import java.time.Instant;

/** What somebody who keeps mail tells of a mailbox. */
public sealed interface MailboxNote {
  /** Whose mailbox, as it was told; perhaps nobody's. */
  String user();

  /** So many bytes are in it now. */
  record Bytes(String user, long bytes) implements MailboxNote {}

  /** So many messages are in it now. */
  record Messages(String user, long messages) implements MailboxNote {}

  /**
   * Its owner has logged in.
   *
   * @param service where, such as {@code imap}; 64 characters at most
   */
  record LoggedIn(String user, String service, Instant at) implements MailboxNote {}
}
