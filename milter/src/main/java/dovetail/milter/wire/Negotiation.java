package dovetail.milter.wire;

import dovetail.milter.wire.Command.Negotiate;

/**
 * What a filter and an MTA agree on.
 *
 * @param version the protocol version
 * @param actions the edits that may be asked for
 * @param events the events that are left out or not waited for
 */
public record Negotiation(int version, int actions, int events) {
  private static final int NEEDED_ACTIONS = Protocol.ADD_HEADERS | Protocol.CHANGE_HEADERS;
  private static final int WANTED_ACTIONS = Protocol.SET_MACRO_LISTS | Protocol.QUARANTINE;
  private static final int WANTED_EVENTS =
      Protocol.NO_REPLY | Protocol.NO_UNKNOWN | Protocol.LEADING_SPACE;

  /** An offer that we cannot work with, and what the administrator has to change. */
  public static final class UnacceptableException extends Exception {
    private static final long serialVersionUID = 1;

    UnacceptableException(String message) {
      super(message);
    }
  }

  /**
   * Answers an offer: all no-reply events that are on offer, the leading space, both header edits,
   * and, where the MTA lets us, to put messages on hold, to add recipients and to name the macros
   * that we want.
   *
   * @throws UnacceptableException if header fields would not arrive as they are, or could not be
   *     changed; the text says how to mend main.cf
   */
  public static Negotiation answer(Negotiate offer) throws UnacceptableException {
    if (offer.version() < Protocol.VERSION) {
      throw new UnacceptableException(
          "the MTA speaks milter version "
              + offer.version()
              + ", which breaks DKIM signatures; set milter_protocol = 6 in main.cf");
    }
    if ((offer.events() & Protocol.LEADING_SPACE) == 0) {
      throw new UnacceptableException(
          "the MTA does not keep the space after a header field's colon (SMFIP_HDR_LEADSPC), which"
              + " breaks DKIM signatures; set milter_protocol = 6 in main.cf");
    }
    if ((offer.actions() & NEEDED_ACTIONS) != NEEDED_ACTIONS) {
      throw new UnacceptableException(
          "the MTA does not let filters add and change header fields; Postfix does so with"
              + " milter_protocol = 6 in main.cf");
    }
    return new Negotiation(
        Protocol.VERSION,
        NEEDED_ACTIONS | (offer.actions() & WANTED_ACTIONS) | additions(offer.actions()),
        WANTED_EVENTS & offer.events());
  }

  /** To add recipients with parameters, or else without. */
  private static int additions(int offered) {
    int full = offered & Protocol.ADD_RECIPIENTS_WITH_PARAMETERS;
    return full != 0 ? full : offered & Protocol.ADD_RECIPIENTS;
  }

  /** Whether the MTA waits for an answer to an event that has this no-reply bit. */
  public boolean replyDue(int noReplyBit) {
    return (events & noReplyBit) == 0;
  }

  /** Whether the MTA may be asked to put a message on hold. */
  public boolean mayHold() {
    return (actions & Protocol.QUARANTINE) != 0;
  }

  /** Whether the MTA may be asked to add recipients without parameters. */
  public boolean mayAddRecipients() {
    return (actions & Protocol.ADD_RECIPIENTS) != 0;
  }

  /** Whether the MTA may be asked to add recipients with parameters. */
  public boolean mayAddParameters() {
    return (actions & Protocol.ADD_RECIPIENTS_WITH_PARAMETERS) != 0;
  }

  /** Whether the macros that we want may be named in the answer. */
  boolean macroLists() {
    return (actions & Protocol.SET_MACRO_LISTS) != 0;
  }
}
