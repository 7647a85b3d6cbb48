package dovetail.server;

import java.io.IOException;

/** We closed a connection that had no transaction: at shutdown, or to make room for another. */
public final class WithdrawnException extends IOException {
  private static final long serialVersionUID = 1L;

  WithdrawnException(String message) {
    super(message);
  }
}
