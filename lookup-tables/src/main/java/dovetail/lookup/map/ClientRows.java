package dovetail.lookup.map;

import dovetail.mail.Domain;
import dovetail.server.Network;
import java.net.InetAddress;
import java.util.Map;
import java.util.Optional;

/**
 * Rows of an access table by client, for whose name and then for whose address Postfix asks. For an
 * address the row of the smallest network that has it counts.
 */
final class ClientRows {
  private volatile Parsed parsed = new Parsed(Map.of(), NetworkTable.of(Map.of()));

  /** Networks, and the rows of which they were made. */
  private record Parsed(Map<String, String> rows, NetworkTable networks) {}

  Finding find(Rows rows, String key) {
    // What is a domain cannot be an address, and most clients have a name.
    return Domain.parse(key).isPresent()
        ? rows.byDomain(key)
        : address(key)
            .flatMap(address -> networks(rows.all()).find(address))
            .map(value -> Finding.found(value, Reason.ROW))
            .orElseGet(() -> rows.byText(key));
  }

  private static Optional<InetAddress> address(String key) {
    try {
      return Optional.of(Network.parseAddress(key));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  // The same rows are the same object until they change; to compare them would take longer.
  @SuppressWarnings("ReferenceEquality")
  private NetworkTable networks(Map<String, String> rows) {
    Parsed known = parsed;
    if (known.rows() != rows) {
      known = new Parsed(rows, NetworkTable.of(rows));
      parsed = known;
    }
    return known.networks();
  }
}
