package dovetail.milter.wire;

import dovetail.mail.HeaderField;

/** A change that the MTA is asked to make to a message. */
public sealed interface Edit {
  /**
   * Put a field into the header section.
   *
   * @param index how many fields stay above it; 0 is above the MTA's own Received field
   */
  record InsertHeader(int index, HeaderField field) implements Edit {}

  /**
   * Take a field out of the header section. Deleting shifts later numbers: delete from last to
   * first.
   *
   * @param name the field's name, case does not count
   * @param occurrence 1 for the topmost field of that name as received
   */
  record DeleteHeader(String name, int occurrence) implements Edit {}

  /**
   * Keep the message in the queue until an administrator releases it. Only where the MTA has agreed
   * to that.
   *
   * @param reason one line of printable ASCII, for the MTA's log
   */
  record Hold(String reason) implements Edit {}

  /**
   * Have one more recipient get the message. Only where the MTA has agreed to that.
   *
   * @param path the address in angle brackets, in ASCII
   * @param parameters ESMTP parameters with blanks between, such as {@code NOTIFY=NEVER}; empty for
   *     none, and where the MTA has not agreed to them
   */
  record AddRecipient(String path, String parameters) implements Edit {}
}
