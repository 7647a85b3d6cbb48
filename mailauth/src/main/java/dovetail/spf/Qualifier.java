package dovetail.spf;

/** What it means that a mechanism matches (RFC 7208 4.6.2). */
enum Qualifier {
  PASS('+', SpfStatus.PASS),
  FAIL('-', SpfStatus.FAIL),
  SOFTFAIL('~', SpfStatus.SOFTFAIL),
  NEUTRAL('?', SpfStatus.NEUTRAL);

  private final char mark;
  private final SpfStatus status;

  Qualifier(char mark, SpfStatus status) {
    this.mark = mark;
    this.status = status;
  }

  char mark() {
    return mark;
  }

  SpfStatus status() {
    return status;
  }
}
