package dovetail.spf;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Addresses that begin with the same bits.
 *
 * @param address one of them
 * @param prefix how many bits
 */
record IpRange(InetAddress address, int prefix) {
  // RFC 7208 12 qnum: no leading zeros, which some read as octal.
  private static final String QNUM = "(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])";
  private static final String QNUMS = QNUM + "\\." + QNUM + "\\." + QNUM + "\\." + QNUM;
  private static final Pattern IPV4 = Pattern.compile(QNUMS);
  // What reads it would take more digits in a group, and leading zeros in the part that is IPv4.
  private static final Pattern IPV6 =
      Pattern.compile("([0-9A-Fa-f]{0,4}:)+([0-9A-Fa-f]{0,4}|" + QNUMS + ")");

  /** As many characters as eight groups have, the last two written as IPv4. */
  private static final int MOST_TEXT = 45;

  static final int IPV4_BITS = 32;
  static final int IPV6_BITS = 128;

  static Optional<IpRange> ipv4(String text, int prefix) {
    return IPV4.matcher(text).matches()
        ? Optional.of(new IpRange(Inet4Address.ofLiteral(text), prefix))
        : Optional.empty();
  }

  static Optional<IpRange> ipv6(String text, int prefix) {
    if (text.length() > MOST_TEXT || !IPV6.matcher(text).matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(new IpRange(sixteen(Inet6Address.ofLiteral(text)), prefix));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  /** A mapped address stays what was written: no IPv4 client is in such a range. */
  private static InetAddress sixteen(InetAddress address) {
    if (!(address instanceof Inet4Address)) {
      return address;
    }
    byte[] octets = new byte[16];
    octets[10] = -1;
    octets[11] = -1;
    System.arraycopy(address.getAddress(), 0, octets, 12, 4);
    try {
      return Inet6Address.getByAddress("", octets, -1);
    } catch (UnknownHostException e) {
      throw new IllegalStateException("sixteen octets are an address", e);
    }
  }

  /** Never true for an address of the other family. */
  boolean contains(InetAddress other) {
    byte[] mine = address.getAddress();
    byte[] theirs = other.getAddress();
    if (mine.length != theirs.length) {
      return false;
    }
    for (int bit = 0; bit < prefix; bit += Byte.SIZE) {
      int mask = prefix - bit >= Byte.SIZE ? 0xff : 0xff << (Byte.SIZE - (prefix - bit)) & 0xff;
      if (((mine[bit / Byte.SIZE] ^ theirs[bit / Byte.SIZE]) & mask) != 0) {
        return false;
      }
    }
    return true;
  }
}
