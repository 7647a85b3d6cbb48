package dovetail.server;

import java.io.IOException;

/** The peer went away while something was read from or written to it. */
public final class PeerClosedException extends IOException {
  private static final long serialVersionUID = 1L;

  PeerClosedException(IOException cause) {
    super("the peer went away: " + cause.getMessage(), cause);
  }
}
