package dovetail.server;

import java.io.IOException;

/** The peer took longer than it may; its connection has been closed. */
public final class DeadlineException extends IOException {
  private static final long serialVersionUID = 1L;

  DeadlineException(String message) {
    super(message);
  }
}
