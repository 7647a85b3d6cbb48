package dovetail.server.io;

import java.io.IOException;

/** The peer broke its protocol. The connection is closed; the text goes to the log only. */
public final class ProtocolException extends IOException {
  private static final long serialVersionUID = 1L;

  /**
   * @param message what was wrong, without the peer's name, for one log line
   */
  public ProtocolException(String message) {
    super(message);
  }
}
