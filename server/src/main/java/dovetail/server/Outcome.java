package dovetail.server;

import dovetail.server.io.ProtocolException;
import java.io.IOException;
import java.util.Locale;

/** How a connection ended: whose doing it was. */
enum Outcome {
  /** The handler was done with it. */
  DONE,
  /** The peer went away in the middle. */
  PEER_CLOSED,
  /** The peer broke its protocol. */
  PROTOCOL,
  /** The peer was too slow. */
  DEADLINE,
  /** We closed it while it was idle, or cut it off at shutdown. */
  WITHDRAWN,
  /** The peer is not in the listener's allow list. */
  REFUSED,
  /** A fault of ours. */
  ERROR;

  static Outcome of(IOException e) {
    return switch (e) {
      case ProtocolException _ -> PROTOCOL;
      case DeadlineException _ -> DEADLINE;
      case WithdrawnException _ -> WITHDRAWN;
      case PeerClosedException _ -> PEER_CLOSED;
      // All trouble with the peer comes as one of the above; this came from something of ours.
      default -> ERROR;
    };
  }

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
