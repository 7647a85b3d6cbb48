package dovetail.milter.filter;

import dovetail.mail.HeaderField;
import dovetail.server.Network;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/**
 * Follows the Received fields of a message that a relay of ours has brought, from the top, back to
 * the client from whom the first of the relays had it. A field is believed as long as all above it
 * name relays, since then a relay wrote it. For one thread.
 */
final class RelayPath {
  private final List<Network> relays;
  private int hops;
  private boolean over;

  /**
   * @param relays the networks of our relays
   */
  RelayPath(List<Network> relays) {
    this.relays = relays;
  }

  /** Takes the next Received field, and gives the client when it is the one that names it. */
  Optional<ReceivedFrom> next(HeaderField received) {
    if (over) {
      return Optional.empty();
    }
    hops++;
    Optional<ReceivedFrom> from = ReceivedFrom.read(received);
    over = from.filter(client -> isRelay(client.address())).isEmpty();
    return over ? from : Optional.empty();
  }

  /** A relay's own host is that relay: its filters hand mail back to it. */
  private boolean isRelay(InetAddress address) {
    return address.isLoopbackAddress() || Network.anyContains(relays, address);
  }

  /** How many fields were written by relays. */
  int hops() {
    return hops;
  }
}
