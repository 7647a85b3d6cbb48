package dovetail.spf;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/**
 * Who wants to send something to us.
 *
 * @param address the client's address; an IPv4 address that is mapped into IPv6 counts as what it
 *     is (RFC 7208 5)
 * @param helo what it calls itself, as it wrote it
 */
public record SpfClient(InetAddress address, String helo) {
  private static final int MAPPED = 12;

  public SpfClient {
    address = unmapped(address);
  }

  private static InetAddress unmapped(InetAddress address) {
    byte[] octets = address.getAddress();
    if (octets.length != 16 || !isMapped(octets)) {
      return address;
    }
    try {
      return InetAddress.getByAddress(Arrays.copyOfRange(octets, MAPPED, octets.length));
    } catch (UnknownHostException e) {
      throw new IllegalStateException("four octets are an address", e);
    }
  }

  private static boolean isMapped(byte[] octets) {
    for (int i = 0; i < MAPPED - 2; i++) {
      if (octets[i] != 0) {
        return false;
      }
    }
    return octets[MAPPED - 2] == -1 && octets[MAPPED - 1] == -1;
  }

  boolean isIpv4() {
    return address.getAddress().length == 4;
  }
}
