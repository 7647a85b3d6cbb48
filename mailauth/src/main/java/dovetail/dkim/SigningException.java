package dovetail.dkim;

/**
 * A message that was to be signed could not be. The caller decides what becomes of it; no signature
 * was made, not even some of several.
 */
public final class SigningException extends Exception {
  private static final long serialVersionUID = 1L;

  SigningException(String message) {
    super(message);
  }

  SigningException(String message, Throwable cause) {
    super(message, cause);
  }
}
