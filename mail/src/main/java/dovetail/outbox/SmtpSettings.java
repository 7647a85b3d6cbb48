package dovetail.outbox;

import dovetail.mail.Address;
import dovetail.mail.Domain;
import java.time.Duration;
import java.util.Optional;

/**
 * How mail of ours goes to the relay.
 *
 * @param relay who takes it
 * @param helo the name by which we introduce ourselves (RFC 5321 4.1.1.1)
 * @param sender to whom the relay returns what it cannot deliver; nobody if there is none
 * @param timeouts how long to wait
 */
public record SmtpSettings(Relay relay, Domain helo, Optional<Address> sender, Timeouts timeouts) {
  /**
   * @throws IllegalArgumentException if the sender cannot be written in ASCII
   */
  public SmtpSettings {
    if (sender.isPresent() && !OutgoingMail.isReachable(sender.get())) {
      throw new IllegalArgumentException("unusable as envelope sender");
    }
  }

  /**
   * How long to wait. To the end of a message twice the time for a reply is given, since a message
   * that is given up there may arrive twice (RFC 5321 4.5.3.2.6).
   *
   * @param connect for a connection to one address of the relay
   * @param reply for each octet of a reply
   * @param whole for all of one connection: who sends an octet now and then keeps to the others
   */
  public record Timeouts(Duration connect, Duration reply, Duration whole) {
    private static final Duration MOST = Duration.ofDays(1);

    /** Of RFC 5321 4.5.3.2 for replies. */
    public static final Timeouts DEFAULT =
        new Timeouts(Duration.ofSeconds(30), Duration.ofMinutes(5), Duration.ofMinutes(20));

    /**
     * @throws IllegalArgumentException if one is under a millisecond or over a day
     */
    public Timeouts {
      for (Duration each : new Duration[] {connect, reply, whole}) {
        if (each.toMillis() < 1 || each.compareTo(MOST) > 0) {
          throw new IllegalArgumentException("no time to wait: " + each);
        }
      }
    }
  }
}
