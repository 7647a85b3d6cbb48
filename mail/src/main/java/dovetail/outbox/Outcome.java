package dovetail.outbox;

/** What became of a mail. Text of the relay in it is one line, printable and short. */
public sealed interface Outcome {
  /**
   * The relay has it.
   *
   * @param reply what it said to it, such as {@code 2.0.0 Ok: queued as 4101D240351}
   */
  record Accepted(String reply) implements Outcome {}

  /**
   * It is not known to have arrived, and may be sent again: a temporary reply, no connection, no
   * reply in time, or one that makes no sense. When the connection broke behind the end of the
   * message, it may have arrived all the same.
   *
   * @param why for the log
   */
  record PutOff(String why) implements Outcome {}

  /**
   * The relay does not want it, and will not another time: a permanent reply to MAIL, RCPT or DATA,
   * or it takes no message of that size.
   *
   * @param code the reply's code, from 500 to 599 (RFC 5321 4.2.1)
   * @param text what it said
   */
  record Refused(int code, String text) implements Outcome {}
}
