package dovetail.milter.session;

/** Learns what happens in sessions. */
public interface MessageObserver {
  /** A message has got its answer. */
  void answered(MessageRecord message);

  /**
   * We have failed on a message; its answer follows.
   *
   * @param queueId the MTA's name for it, "-" if it gave none
   */
  void failed(String queueId, Exception cause);

  /** An MTA made an offer that we cannot work with; the connection is closed. */
  void refused(String why);
}
