package dovetail.outbox;

/** Where mail of our own goes out. */
public interface Outbox {
  /**
   * Hands a mail over, and waits until that is done or has failed. What the other side does wrong
   * is a result and never an exception.
   */
  Outcome send(OutgoingMail mail);
}
