package dovetail.policy.rule;

import dovetail.mail.Domain;
import dovetail.server.Network;
import java.net.InetAddress;
import java.util.Optional;

/**
 * By what a client is known again that has many addresses.
 *
 * @param ipv4 how many bits of an IPv4 address are the network's
 * @param ipv6 how many of an IPv6 address
 */
record ClientKey(int ipv4, int ipv6) {
  /** Rows are limited by networks that nobody has many of. */
  private static final ClientKey LIMITED = new ClientKey(24, 48);

  /** A suffix of two labels has a short first one: co.uk, com.au. */
  private static final int SHORT = 3;

  private static final int IPV4 = 4;

  /**
   * The domain that says that the client is its own; else the domain of its name; else its network.
   *
   * @param passed by SPF
   * @param name one that leads back to the address
   */
  String of(InetAddress address, Optional<Domain> passed, Optional<Domain> name) {
    return passed
        .map(domain -> "spf:" + domain)
        .or(() ->
            name.filter(host -> !GivenName.is(host, address)).map(host -> "ptr:" + domain(host)))
        .orElseGet(() -> "net:" + network(address));
  }

  /** The network by which rows are limited. */
  static String limited(InetAddress address) {
    return LIMITED.network(address);
  }

  private String network(InetAddress address) {
    return Network.of(address, address.getAddress().length == IPV4 ? ipv4 : ipv6).toString();
  }

  /** What is above the host's name, unless others may register names there, too. */
  private static Domain domain(Domain host) {
    return host.parent()
        .filter(above ->
            above
                .parent()
                .filter(top -> top.parent().isPresent() || firstLabel(above) > SHORT)
                .isPresent())
        .orElse(host);
  }

  private static int firstLabel(Domain name) {
    return name.ascii().indexOf('.');
  }
}
