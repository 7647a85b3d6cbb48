package dovetail.milter.session;

import dovetail.mail.HeaderField;
import dovetail.mail.Headers;
import dovetail.milter.filter.Inspection;
import dovetail.milter.filter.Intake;
import dovetail.milter.filter.Submission;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One message under way, from MAIL to the answer to its end. For one thread. */
final class Transaction {
  private static final int LINE_END = 2;

  private final Submission submission;
  private final HeaderLimits limits;
  private final List<HeaderField> fields = new ArrayList<>(24);
  private String queueId;
  private int recipients;
  private long headerBytes;
  private long bodyBytes;
  private boolean complete = true;
  private Optional<Intake> intake = Optional.empty();
  private Optional<Inspection> inspection = Optional.empty();
  private boolean headerOver;
  private boolean failed;

  Transaction(Submission submission, String queueId, HeaderLimits limits) {
    this.submission = submission;
    this.queueId = queueId;
    this.limits = limits;
  }

  Submission submission() {
    return submission;
  }

  String queueId() {
    return queueId;
  }

  void queueId(String id) {
    queueId = id;
  }

  int recipients() {
    return recipients;
  }

  void addRecipient() {
    recipients++;
  }

  /**
   * Keeps a field, unless the header section is over its limits: then neither it nor a later one.
   *
   * @return whether it was kept
   */
  boolean add(HeaderField field) {
    headerBytes += field.length() + LINE_END;
    complete = complete && headerBytes <= limits.maxBytes() && fields.size() < limits.maxFields();
    if (complete) {
      fields.add(field);
    }
    return complete;
  }

  Headers headers() {
    return new Headers(fields);
  }

  /** Whether all header fields have been kept. */
  boolean complete() {
    return complete;
  }

  void addBody(int bytes) {
    bodyBytes += bytes;
  }

  /** Bytes of the message, with the blank line between header section and body. */
  long size() {
    return headerBytes + LINE_END + bodyBytes;
  }

  Optional<Intake> intake() {
    return intake;
  }

  void intake(Intake begun) {
    intake = Optional.of(begun);
  }

  /** Whether we have failed on its header section, whose rest still has to be seen. */
  boolean failed() {
    return failed;
  }

  void fail() {
    failed = true;
  }

  /** Whether the header section is over, said or implied. */
  boolean headerOver() {
    return headerOver;
  }

  void endHeader() {
    headerOver = true;
  }

  Optional<Inspection> inspection() {
    return inspection;
  }

  void inspection(Inspection begun) {
    inspection = Optional.of(begun);
  }
}
