package dovetail.lookup.mtasts;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;

/**
 * Which addresses belong to the public internet. Whoever can publish a DNS record chooses where we
 * connect to: without this, that would be our own network, too (RFC 6890, and the registries of
 * special-purpose addresses).
 */
final class PublicAddress {
  private static final List<Prefix> SPECIAL_IPV4 =
      List.of(
          Prefix.of("0.0.0.0", 8),
          Prefix.of("10.0.0.0", 8),
          Prefix.of("100.64.0.0", 10),
          Prefix.of("127.0.0.0", 8),
          Prefix.of("169.254.0.0", 16),
          Prefix.of("172.16.0.0", 12),
          Prefix.of("192.0.0.0", 24),
          Prefix.of("192.0.2.0", 24),
          Prefix.of("192.88.99.0", 24),
          Prefix.of("192.168.0.0", 16),
          Prefix.of("198.18.0.0", 15),
          Prefix.of("198.51.100.0", 24),
          Prefix.of("203.0.113.0", 24),
          Prefix.of("224.0.0.0", 3));

  /** All that is given to networks, so far; the rest is special or nobody's. */
  private static final Prefix GLOBAL_IPV6 = Prefix.of("2000::", 3);

  /** IPv4 addresses as a translator shows them to hosts without IPv4 (RFC 6052 2.1). */
  private static final Prefix TRANSLATED = Prefix.of("64:ff9b::", 96);

  private static final List<Prefix> SPECIAL_IPV6 =
      List.of(
          Prefix.of("2001::", 23), // Teredo and other ways around
          Prefix.of("2001:db8::", 32),
          Prefix.of("2002::", 16), // 6to4, which has an IPv4 address within
          Prefix.of("3fff::", 20));

  private static final int IPV4_OCTETS = 4;
  private static final int OCTET_BITS = 8;

  private PublicAddress() {}

  /** The first bits of addresses. */
  private record Prefix(InetAddress address, int bits) {
    static Prefix of(String address, int bits) {
      return new Prefix(InetAddress.ofLiteral(address), bits);
    }

    boolean covers(byte[] octets) {
      byte[] own = address.getAddress();
      int whole = bits / OCTET_BITS;
      for (int i = 0; i < whole; i++) {
        if (own[i] != octets[i]) {
          return false;
        }
      }
      int shift = OCTET_BITS - bits % OCTET_BITS;
      return shift == OCTET_BITS
          || Byte.toUnsignedInt(own[whole]) >> shift == Byte.toUnsignedInt(octets[whole]) >> shift;
    }
  }

  /** Whether it is one. */
  static boolean is(InetAddress address) {
    byte[] octets = address.getAddress();
    if (octets.length == IPV4_OCTETS) {
      return isIpv4(octets);
    }
    if (TRANSLATED.covers(octets)) {
      return isIpv4(Arrays.copyOfRange(octets, octets.length - IPV4_OCTETS, octets.length));
    }
    return GLOBAL_IPV6.covers(octets)
        && SPECIAL_IPV6.stream().noneMatch(prefix -> prefix.covers(octets));
  }

  private static boolean isIpv4(byte[] octets) {
    return SPECIAL_IPV4.stream().noneMatch(prefix -> prefix.covers(octets));
  }
}
