package dovetail.directory;

/**
 * A mailbox.
 *
 * @param receive whether mail for it is accepted
 * @param send whether its owner may send mail
 */
public record Mailbox(boolean receive, boolean send) {}
