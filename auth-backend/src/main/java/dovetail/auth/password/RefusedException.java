package dovetail.auth.password;

/** Ends the reading of a stored password; caught in {@link StoredPassword#parse}. */
final class RefusedException extends Exception {
  private static final long serialVersionUID = 1;

  private final Refusal refusal;

  RefusedException(Refusal refusal) {
    super(refusal.text());
    this.refusal = refusal;
  }

  Refusal refusal() {
    return refusal;
  }
}
