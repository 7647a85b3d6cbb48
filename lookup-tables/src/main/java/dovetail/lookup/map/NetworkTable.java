package dovetail.lookup.map;

import dovetail.server.Network;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Values by network. An address is looked for once for each length of prefix that there is. */
final class NetworkTable {
  // As access(5) has them: the first octets of IPv4, the first groups of IPv6.
  private static final Pattern OCTETS = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){0,2}");
  private static final Pattern GROUPS = Pattern.compile("[0-9a-f]{1,4}(:[0-9a-f]{1,4}){1,6}");

  private static final int IPV4_BITS = 32;
  private static final int OCTET_BITS = 8;
  private static final int GROUP_BITS = 16;

  /** By the bits of the address and of the prefix, longest first. */
  private final TreeMap<Size, Map<InetAddress, String>> sizes =
      new TreeMap<>(
          Comparator.comparingInt(Size::addressBits)
              .thenComparing(Comparator.comparingInt(Size::prefix).reversed()));

  private record Size(int addressBits, int prefix) {}

  private NetworkTable() {}

  /** The rows whose keys are networks or addresses, in lower case. */
  static NetworkTable of(Map<String, String> rows) {
    NetworkTable table = new NetworkTable();
    rows.forEach((key, value) -> network(key).ifPresent(network -> table.put(network, value)));
    return table;
  }

  private static Optional<Network> network(String key) {
    try {
      return Optional.of(Network.parse(whole(key)));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  /** A prefix of octets or groups in CIDR form; all else as it is. */
  private static String whole(String key) {
    if (OCTETS.matcher(key).matches()) {
      int octets = key.split("\\.", -1).length;
      return key + ".0".repeat(IPV4_BITS / OCTET_BITS - octets) + "/" + octets * OCTET_BITS;
    }
    if (GROUPS.matcher(key).matches()) {
      return key + "::/" + key.split(":", -1).length * GROUP_BITS;
    }
    return key;
  }

  private void put(Network network, String value) {
    Size size = new Size(bits(network.address()), network.prefix());
    sizes.computeIfAbsent(size, _ -> new HashMap<>()).put(network.address(), value);
  }

  /** The value of the smallest network that has the address. */
  Optional<String> find(InetAddress address) {
    for (Map.Entry<Size, Map<InetAddress, String>> entry : sizes.entrySet()) {
      if (entry.getKey().addressBits() == bits(address)) {
        String value = entry.getValue().get(masked(address, entry.getKey().prefix()));
        if (value != null) {
          return Optional.of(value);
        }
      }
    }
    return Optional.empty();
  }

  private static int bits(InetAddress address) {
    return address.getAddress().length * OCTET_BITS;
  }

  private static InetAddress masked(InetAddress address, int prefix) {
    byte[] bytes = address.getAddress();
    int whole = prefix / OCTET_BITS;
    if (whole < bytes.length) {
      bytes[whole] &= (byte) ~(0xFF >> prefix % OCTET_BITS);
      Arrays.fill(bytes, whole + 1, bytes.length, (byte) 0);
    }
    try {
      return InetAddress.getByAddress(bytes);
    } catch (UnknownHostException e) {
      throw new IllegalStateException("an address has 4 or 16 bytes", e);
    }
  }
}
