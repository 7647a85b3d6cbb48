package dovetail.dmarc.report;

/** It is no aggregate report, or more than is read of one; the message says why. */
public final class ReportException extends Exception {
  private static final long serialVersionUID = 1;

  ReportException(String message) {
    super(message);
  }

  ReportException(String message, Throwable cause) {
    super(message, cause);
  }
}
