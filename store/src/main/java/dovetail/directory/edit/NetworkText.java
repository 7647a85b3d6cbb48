package dovetail.directory.edit;

import java.net.InetAddress;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The one stored spelling of an address, or of a network in CIDR form (RFC 4632 3.1). */
final class NetworkText {
  // Either has a sign that no host name has: nothing is ever asked from the DNS.
  private static final Pattern FORM =
      Pattern.compile(
          "([0-9]{1,3}(?:\\.[0-9]{1,3}){3}|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*)(/[0-9]{1,3})?");

  private NetworkText() {}

  /**
   * The spelling of what {@code text} means, if it is a network and no bit behind its prefix is
   * set.
   */
  static Optional<String> canonical(String text) {
    Matcher parts = FORM.matcher(text);
    if (!parts.matches()) {
      return Optional.empty();
    }
    InetAddress address;
    try {
      address = InetAddress.ofLiteral(parts.group(1));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
    byte[] bytes = address.getAddress();
    int most = bytes.length * 8;
    String behind = parts.group(2);
    int prefix = behind == null ? most : Integer.parseInt(behind.substring(1));
    if (prefix > most || hasBitsBehind(bytes, prefix)) {
      return Optional.empty();
    }
    return Optional.of(address.getHostAddress() + (prefix == most ? "" : "/" + prefix));
  }

  private static boolean hasBitsBehind(byte[] bytes, int prefix) {
    for (int bit = prefix; bit < bytes.length * 8; bit++) {
      if ((bytes[bit / 8] & 0x80 >> bit % 8) != 0) {
        return true;
      }
    }
    return false;
  }
}
