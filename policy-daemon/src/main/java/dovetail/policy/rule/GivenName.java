package dovetail.policy.rule;

import dovetail.mail.Domain;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.Set;

/**
 * Names that a provider gives to all its customers. One that is not recognised opens the door to
 * all of them as soon as one has come back; one that is wrongly taken for such a name only has the
 * servers of its owner wait each for itself. So digits of the address that hardly stand there by
 * accident count in any name, and what is less certain in names of hosts that do not say that they
 * are for mail.
 */
final class GivenName {
  private static final int IPV4 = 4;

  /** So many digits of an IPv4 address are no accident. */
  private static final int MANY = 6;

  /** So many of an IPv6 address, which has more of them. */
  private static final int RUN = 8;

  /** As many has the address of a modem's interface. */
  private static final int INTERFACE = 12;

  private static final HexFormat HEX = HexFormat.of();

  /** Words for lines that nobody has servers of mail on. */
  private static final Set<String> LINES =
      Set.of(
          "adsl",
          "broadband",
          "cable",
          "cablemodem",
          "catv",
          "client",
          "clients",
          "cpe",
          "cust",
          "customer",
          "customers",
          "dhcp",
          "dial",
          "dialin",
          "dialup",
          "dip",
          "dsl",
          "dyn",
          "dynamic",
          "dynamicip",
          "dyndsl",
          "dynip",
          "fttb",
          "ftth",
          "fttx",
          "gpon",
          "gprs",
          "lte",
          "modem",
          "pool",
          "pools",
          "ppp",
          "pppoe",
          "residential",
          "sdsl",
          "subscriber",
          "subscribers",
          "umts",
          "user",
          "users",
          "vdsl",
          "wimax",
          "xdsl");

  private static final Set<String> MAIL = Set.of("mta", "mx", "out", "outbound", "relay");

  private GivenName() {}

  /**
   * Whether the name is one that a provider gives to all its customers.
   *
   * @param address that has this name
   */
  static boolean is(Domain host, InetAddress address) {
    HostText name = new HostText(host.ascii());
    byte[] octets = address.getAddress();
    if (octets.length == IPV4 ? hasIpv4(name, octets) : hasIpv6(name, octets)) {
      return true;
    }
    return !isOfServer(name) && (isOfLine(name) || hasPartOfIpv4(name, octets));
  }

  private static boolean isOfServer(HostText name) {
    return name.hasWordInHost(
        word -> word.contains("mail") || word.contains("smtp") || MAIL.contains(word));
  }

  private static boolean isOfLine(HostText name) {
    return name.hasWord(LINES::contains) || name.hasLongNumber(INTERFACE);
  }

  /** Three octets in hexadecimal digits, two in decimal ones side by side, or all as one number. */
  private static boolean hasIpv4(HostText name, byte[] octets) {
    byte[] backwards = new byte[] {octets[3], octets[2], octets[1], octets[0]};
    return name.hasNumbersTogether(octets[2] & 0xff, octets[3] & 0xff)
        || name.hasHexWords(octets[1] & 0xff, octets[2] & 0xff, octets[3] & 0xff)
        || name.contains(HEX.formatHex(octets, 1, IPV4))
        || name.contains(HEX.formatHex(backwards, 0, IPV4 - 1))
        || name.contains(threeDigits(octets[2]) + threeDigits(octets[3]))
        || name.contains(threeDigits(octets[3]) + threeDigits(octets[2]))
        || hasNumber(name, Integer.toUnsignedString(ByteBuffer.wrap(octets).getInt()))
        || hasJoined(name, octets)
        || hasJoined(name, backwards);
  }

  /** Only addresses that nobody has are short numbers. */
  private static boolean hasNumber(HostText name, String address) {
    return address.length() >= MANY && name.contains(address);
  }

  private static String threeDigits(byte octet) {
    return String.valueOf(1000 + (octet & 0xff)).substring(1);
  }

  private static boolean hasJoined(HostText name, byte[] octets) {
    StringBuilder digits = new StringBuilder(12);
    for (byte octet : octets) {
      digits.append(octet & 0xff);
    }
    String joined = digits.toString();
    return joined.length() < MANY ? name.hasNumber(joined) : name.contains(joined);
  }

  /** The last two octets, wherever they stand. */
  private static boolean hasPartOfIpv4(HostText name, byte[] octets) {
    if (octets.length != IPV4) {
      return false;
    }
    return name.hasNumbers(octets[2] & 0xff, octets[3] & 0xff)
        || name.hasWordWith(HEX.formatHex(octets, 2, IPV4))
        || name.hasWordWith(HEX.formatHex(new byte[] {octets[3], octets[2]}));
  }

  /** A part of the address that is long enough, or its last groups as words. */
  private static boolean hasIpv6(HostText name, byte[] octets) {
    int[] groups = new int[octets.length / 2];
    int[] backwards = new int[groups.length];
    for (int i = 0; i < groups.length; i++) {
      groups[i] = (octets[2 * i] & 0xff) << 8 | (octets[2 * i + 1] & 0xff);
      backwards[groups.length - 1 - i] = groups[i];
    }
    String digits = HEX.formatHex(octets);
    return name.hasHexWords(groups[5], groups[6], groups[7])
        || name.sharesRun(digits, RUN)
        || name.sharesRun(new StringBuilder(digits).reverse().toString(), RUN)
        || name.sharesRun(shortened(groups), RUN)
        || name.sharesRun(shortened(backwards), RUN)
        || name.sharesRun(padded(backwards), RUN);
  }

  private static String shortened(int[] groups) {
    StringBuilder digits = new StringBuilder(32);
    for (int group : groups) {
      digits.append(Integer.toHexString(group));
    }
    return digits.toString();
  }

  private static String padded(int[] groups) {
    StringBuilder digits = new StringBuilder(32);
    for (int group : groups) {
      digits.append(HEX.toHexDigits((short) group));
    }
    return digits.toString();
  }
}
