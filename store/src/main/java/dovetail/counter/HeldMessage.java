package dovetail.counter;

import java.time.Instant;

/**
 * A message that waits in the hold queue.
 *
 * @param host whose queue it is
 * @param queueId Postfix's name for it there
 * @param account whose it is
 */
public record HeldMessage(String host, String queueId, String account, Instant since) {}
