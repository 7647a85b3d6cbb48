package dovetail.cli;

/** A command cannot do what it was told to; the message is for the user. */
final class FailureException extends Exception {
  private static final long serialVersionUID = 1;

  private final Exit exit;

  FailureException(Exit exit, String message) {
    super(message);
    this.exit = exit;
  }

  FailureException(Exit exit, String message, Throwable cause) {
    super(message, cause);
    this.exit = exit;
  }

  Exit exit() {
    return exit;
  }
}
