package dovetail.auth.answer;

import java.util.Collection;

/** Keeps what is told of mailboxes; whoever tells does not wait for it. For any thread. */
@FunctionalInterface
public interface MailboxNotes {
  /**
   * Takes notes, all of them or none.
   *
   * @return false if there is no room for them
   */
  boolean take(Collection<MailboxNote> notes);
}
