package dovetail.spf;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Addresses as macros have them (RFC 7208 7.3). */
final class AddressText {
  private static final HexFormat HEX = HexFormat.of().withUpperCase();
  private static final int GROUPS = 8;

  private AddressText() {}

  /** Octets in decimal, or each half of one in hexadecimal, with dots between. */
  static String dotted(InetAddress address) {
    byte[] octets = address.getAddress();
    if (octets.length == 4) {
      return decimal(octets);
    }
    return HEX.formatHex(octets)
        .chars()
        .mapToObj(Character::toString)
        .collect(Collectors.joining("."));
  }

  private static String decimal(byte[] octets) {
    return IntStream.range(0, octets.length)
        .mapToObj(i -> Integer.toString(octets[i] & 0xff))
        .collect(Collectors.joining("."));
  }

  /** As people read it: IPv6 as short as it can be written (RFC 5952 4). */
  static String readable(InetAddress address) {
    byte[] octets = address.getAddress();
    if (octets.length == 4) {
      return decimal(octets);
    }
    List<String> groups = new ArrayList<>();
    for (int i = 0; i < 2 * GROUPS; i += 2) {
      groups.add(Integer.toHexString((octets[i] & 0xff) << Byte.SIZE | (octets[i + 1] & 0xff)));
    }
    int from = 0;
    int most = 0;
    for (int start = 0; start < GROUPS; start++) {
      int end = start;
      while (end < GROUPS && groups.get(end).equals("0")) {
        end++;
      }
      if (end - start > most) {
        from = start;
        most = end - start;
      }
    }
    return most < 2
        ? String.join(":", groups)
        : String.join(":", groups.subList(0, from))
            + "::"
            + String.join(":", groups.subList(from + most, GROUPS));
  }
}
