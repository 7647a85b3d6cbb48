package dovetail.counter;

import java.time.Instant;
import java.util.Optional;

/**
 * What is known of somebody's mail, and of its client.
 *
 * @param mail when such mail came first, and whether it has passed; nothing if none has come
 * @param client how often mail of the client has passed; nothing if none has
 */
public record Standing(Optional<Mail> mail, Optional<Client> client) {
  /** Nothing is known. */
  public static final Standing NEW = new Standing(Optional.empty(), Optional.empty());

  /**
   * Such mail.
   *
   * @param first when it came first
   * @param passed whether it has come again in time
   * @param until when that is forgotten
   */
  public record Mail(Instant first, boolean passed, Instant until) {}

  /**
   * A client.
   *
   * @param passes how often its mail has passed
   * @param counted when that was counted last
   * @param until when that is forgotten
   */
  public record Client(long passes, Instant counted, Instant until) {}
}
