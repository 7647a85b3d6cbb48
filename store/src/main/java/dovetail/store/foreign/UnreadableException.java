package dovetail.store.foreign;

/**
 * Tables that cannot be read; the message is for the administrator. Unchecked, since rows are read
 * through iterators.
 */
public final class UnreadableException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public UnreadableException(String message) {
    super(message);
  }

  public UnreadableException(String message, Throwable cause) {
    super(message, cause);
  }
}
