package dovetail.dns;

import dovetail.mail.Domain;
import java.net.InetAddress;

/** Where the names of an address stand in the DNS (RFC 1035 3.5, RFC 3596 2.5). */
public final class ReverseName {
  private static final int HEXADECIMAL = 16;
  private static final int NIBBLE = 4;

  private ReverseName() {}

  /** The name below in-addr.arpa or ip6.arpa whose PTR records are the names of that address. */
  public static Domain of(InetAddress address) {
    String zone = address.getAddress().length == 4 ? "in-addr.arpa" : "ip6.arpa";
    return Domain.parse(labels(address) + "." + zone).orElseThrow();
  }

  /** The labels of that name before its zone, as lists of addresses have them too (RFC 5782 2). */
  public static String labels(InetAddress address) {
    byte[] octets = address.getAddress();
    StringBuilder name = new StringBuilder();
    for (int i = octets.length - 1; i >= 0; i--) {
      int octet = octets[i] & 0xff;
      if (octets.length == 4) {
        name.append(octet).append('.');
      } else {
        name.append(Character.forDigit(octet % HEXADECIMAL, HEXADECIMAL)).append('.');
        name.append(Character.forDigit(octet >> NIBBLE, HEXADECIMAL)).append('.');
      }
    }
    return name.substring(0, name.length() - 1);
  }
}
