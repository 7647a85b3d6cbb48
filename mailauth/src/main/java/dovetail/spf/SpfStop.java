package dovetail.spf;

/** Ends a check wherever it is; it never leaves this package. */
final class SpfStop extends Exception {
  private static final long serialVersionUID = 1;

  private final SpfStatus status;
  private final SpfReason reason;

  private SpfStop(SpfStatus status, SpfReason reason, String detail) {
    super(detail, null, false, false);
    this.status = status;
    this.reason = reason;
  }

  /** What the domain says is wrong, whenever it is asked. */
  static SpfStop permanent(SpfReason reason, String detail) {
    return new SpfStop(SpfStatus.PERMERROR, reason, detail);
  }

  /** It may go better another time. */
  static SpfStop temporary(SpfReason reason, String detail) {
    return new SpfStop(SpfStatus.TEMPERROR, reason, detail);
  }

  SpfStatus status() {
    return status;
  }

  SpfReason reason() {
    return reason;
  }

  String detail() {
    return String.valueOf(getMessage());
  }
}
