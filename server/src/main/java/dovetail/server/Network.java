package dovetail.server;

import dovetail.config.ConfigException;
import dovetail.config.ConfigValue;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A range of IP addresses in CIDR form (RFC 4632 3.1).
 *
 * @param address the first address of the range
 * @param prefix how many leading bits are the same in the whole range
 */
public record Network(InetAddress address, int prefix) {
  private static final int QUAD_NUMBERS = 4;
  private static final int QUAD_DIGITS = 3;

  // A colon is in every IPv6 address and in no host name; zones such as %eth0 are not for ranges.
  private static final Pattern IPV6 = Pattern.compile("[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");

  /** Reads an element of a list of networks. */
  public static Network read(ConfigValue value) throws ConfigException {
    try {
      return parse(value.asString());
    } catch (IllegalArgumentException e) {
      throw value.error(String.valueOf(e.getMessage()));
    }
  }

  /** Whether one of the networks has the address. */
  public static boolean anyContains(List<Network> networks, InetAddress address) {
    return networks.stream().anyMatch(network -> network.contains(address));
  }

  /**
   * @throws IllegalArgumentException when the prefix is longer than the address, or a bit behind it
   *     is set
   */
  public Network {
    byte[] bytes = address.getAddress();
    int most = bytes.length * 8;
    if (prefix < 0 || prefix > most) {
      throw new IllegalArgumentException(
          "the prefix of %s must be from 0 to %d, not %d"
              .formatted(address.getHostAddress(), most, prefix));
    }
    for (int bit = prefix; bit < most; bit++) {
      if ((bytes[bit / 8] & 0x80 >> bit % 8) != 0) {
        throw new IllegalArgumentException(
            "%s/%d has bits set behind its prefix; %s/%d is the network"
                .formatted(
                    address.getHostAddress(),
                    prefix,
                    masked(bytes, prefix).getHostAddress(),
                    prefix));
      }
    }
  }

  /**
   * The network in which an address is.
   *
   * @param prefix how many leading bits count; those of a shorter address all do
   */
  public static Network of(InetAddress address, int prefix) {
    byte[] bytes = address.getAddress();
    int bits = Math.min(prefix, bytes.length * 8);
    return new Network(masked(bytes, bits), bits);
  }

  private static InetAddress masked(byte[] bytes, int prefix) {
    byte[] masked = Arrays.copyOf(bytes, bytes.length);
    for (int bit = prefix; bit < masked.length * 8; bit++) {
      masked[bit / 8] &= (byte) ~(0x80 >> bit % 8);
    }
    return literal(masked);
  }

  private static InetAddress literal(byte[] bytes) {
    try {
      return InetAddress.getByAddress(bytes);
    } catch (java.net.UnknownHostException e) {
      throw new IllegalStateException("an address has 4 or 16 bytes", e);
    }
  }

  /**
   * Reads "127.0.0.0/8", "192.0.2.1", "2001:db8::/32", "[2001:db8::]/32". Never asks DNS.
   *
   * @throws IllegalArgumentException with a text that says what is wrong
   */
  public static Network parse(String text) {
    int slash = text.indexOf('/');
    String host = slash < 0 ? text : text.substring(0, slash);
    if (host.startsWith("[") && host.endsWith("]")) {
      host = host.substring(1, host.length() - 1);
      if (!IPV6.matcher(host).matches()) {
        throw new IllegalArgumentException("no IPv6 address in brackets: \"" + text + "\"");
      }
    }
    InetAddress address = parseAddress(host);
    if (slash < 0) {
      return new Network(address, address.getAddress().length * 8);
    }
    String digits = text.substring(slash + 1);
    if (!digits.matches("[0-9]{1,3}")) {
      throw new IllegalArgumentException("no prefix length after '/': \"" + text + "\"");
    }
    return new Network(address, Integer.parseInt(digits));
  }

  /**
   * Reads an address in digits. Never asks DNS.
   *
   * @throws IllegalArgumentException when it is anything else
   */
  public static InetAddress parseAddress(String text) {
    if (isDottedQuad(text) || IPV6.matcher(text).matches()) {
      try {
        return InetAddress.ofLiteral(text);
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException("not an IP address: \"" + text + "\"", e);
      }
    }
    throw new IllegalArgumentException(
        "not an IP address: \"" + text + "\" (host names are not looked up here)");
  }

  /** Four numbers of one to three digits; ofLiteral takes fewer and longer ones, too. */
  private static boolean isDottedQuad(String text) {
    int numbers = 1;
    int digits = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '.' && digits > 0) {
        numbers++;
        digits = 0;
      } else if (c >= '0' && c <= '9' && digits < QUAD_DIGITS) {
        digits++;
      } else {
        return false;
      }
    }
    return numbers == QUAD_NUMBERS && digits > 0;
  }

  /** Whether the address is in the range. An IPv4 address mapped into IPv6 counts as IPv4. */
  public boolean contains(InetAddress candidate) {
    byte[] own = unmapped(address.getAddress());
    byte[] other = unmapped(candidate.getAddress());
    // A mapped network's prefix counts the 96 bits of the mapping.
    int bits = own.length == address.getAddress().length ? prefix : prefix - 96;
    if (own.length != other.length || bits < 0) {
      return false;
    }
    int whole = bits / 8;
    if (!Arrays.equals(own, 0, whole, other, 0, whole)) {
      return false;
    }
    int rest = bits % 8;
    return rest == 0 || (own[whole] ^ other[whole]) >> (8 - rest) << (8 - rest) == 0;
  }

  /** RFC 4291 2.5.5.2: ::ffff:a.b.c.d stands for a.b.c.d. */
  private static byte[] unmapped(byte[] bytes) {
    if (bytes.length == 4) {
      return bytes;
    }
    for (int i = 0; i < 12; i++) {
      if (bytes[i] != (byte) (i < 10 ? 0 : 0xff)) {
        return bytes;
      }
    }
    return Arrays.copyOfRange(bytes, 12, 16);
  }

  /** The form that {@link #parse} reads. */
  @Override
  public String toString() {
    String host = address.getHostAddress();
    return (address instanceof Inet4Address ? host : "[" + host + "]") + "/" + prefix;
  }
}
