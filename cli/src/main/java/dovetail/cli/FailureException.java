package dovetail.cli;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;

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

  /** What to tell of a file that cannot be read. */
  static String cannotRead(String name, IOException cause) {
    String why =
        switch (cause) {
          case NoSuchFileException _ -> "no such file";
          case AccessDeniedException _ -> "permission denied";
          default -> String.valueOf(cause.getMessage());
        };
    return "cannot read " + name + ": " + why;
  }

  Exit exit() {
    return exit;
  }
}
