package dovetail.ledger;

import java.time.Instant;
import java.util.Locale;

/**
 * A report on its way to somebody.
 *
 * @param reportId which report
 * @param tries how often it was tried
 * @param next when it is to be tried again, if it waits; else when its state was reached
 * @param detail what the last try ended with
 */
public record Delivery(
    String reportId, String recipient, State state, int tries, Instant next, String detail) {
  /** How far it has come. */
  public enum State {
    WAITING,
    SENT,
    /** It will not be tried again. */
    FAILED;

    /** The word in the database and in lists. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** The same, ended. */
  public Delivery ended(State how, Instant now, String why) {
    return new Delivery(reportId, recipient, how, tries, now, why);
  }

  /** The same, to be tried again. */
  public Delivery again(Instant when, String why) {
    return new Delivery(reportId, recipient, State.WAITING, tries, when, why);
  }
}
