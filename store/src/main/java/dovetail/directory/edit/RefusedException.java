package dovetail.directory.edit;

/** A change that cannot be made; the message is for the administrator. Nothing was changed. */
public final class RefusedException extends Exception {
  private static final long serialVersionUID = 1;

  private final long index;

  /**
   * @param index which of the changes it was, from 0
   */
  public RefusedException(String message, long index) {
    super(message);
    this.index = index;
  }

  /** Which of the changes it was, from 0. */
  public long index() {
    return index;
  }
}
