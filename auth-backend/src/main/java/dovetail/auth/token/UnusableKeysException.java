package dovetail.auth.token;

import java.nio.file.Path;

/** A file of keys that cannot be used. The message says why, without a word of what is in it. */
public final class UnusableKeysException extends Exception {
  private static final long serialVersionUID = 1L;

  UnusableKeysException(Path file, String why) {
    super(file + ": " + why);
  }

  UnusableKeysException(Path file, String why, Exception cause) {
    super(file + ": " + why, cause);
  }
}
