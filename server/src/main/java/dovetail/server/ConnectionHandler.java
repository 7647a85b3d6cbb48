package dovetail.server;

import java.io.IOException;

/** Serves one connection from its first byte to its last, on a virtual thread of its own. */
@FunctionalInterface
public interface ConnectionHandler {
  /**
   * Returns when the conversation is over; the connection is closed then. The handler does not
   * catch what the connection throws: the caller sorts it by whose fault it is.
   *
   * @throws dovetail.server.io.ProtocolException when the peer broke its protocol
   * @throws IOException as the connection throws it
   */
  void handle(Connection connection) throws IOException;
}
