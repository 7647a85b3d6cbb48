package dovetail.milter.filter;

/** Which recipients an MTA lets us add to a message. */
public enum Additions {
  /** None. */
  NONE,
  /** Any, but without parameters: their senders are told if they cannot be delivered to. */
  PLAIN,
  /** Any, with ESMTP parameters. */
  WITH_PARAMETERS
}
