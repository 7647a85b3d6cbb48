package dovetail.dkim;

/** A private key that cannot be used; the message says what is wrong with it, for its owner. */
public final class DkimKeyException extends Exception {
  private static final long serialVersionUID = 1L;

  DkimKeyException(String message) {
    super(message);
  }

  DkimKeyException(String message, Throwable cause) {
    super(message, cause);
  }
}
