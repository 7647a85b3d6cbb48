package dovetail.directory;

/**
 * A mailbox.
 *
 * @param receive whether mail for it is accepted
 * @param send whether its owner may send mail
 * @param quota how many bytes it may hold, by its own limit or its domain's; 0 for no limit
 */
public record Mailbox(boolean receive, boolean send, long quota) {
  public Mailbox {
    if (quota < 0) {
      throw new IllegalArgumentException("a mailbox of less than nothing");
    }
  }

  /** One without a limit. */
  public Mailbox(boolean receive, boolean send) {
    this(receive, send, 0);
  }
}
