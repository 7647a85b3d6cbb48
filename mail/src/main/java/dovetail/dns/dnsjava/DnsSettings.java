package dovetail.dns.dnsjava;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;

/**
 * Whom to ask, and how long.
 *
 * @param servers servers that resolve for us, in the order in which they are asked; none = those of
 *     /etc/resolv.conf
 * @param timeout for a question in all: every server, every try, every alias
 * @param trustAd whether to believe servers elsewhere than on this host that say that they have
 *     checked an answer by DNSSEC
 */
public record DnsSettings(List<InetSocketAddress> servers, Duration timeout, boolean trustAd) {
  /**
   * Takes a copy of the list.
   *
   * @throws IllegalArgumentException if a server is a name that has no address, or the time is none
   */
  public DnsSettings {
    servers = List.copyOf(servers);
    if (servers.stream().anyMatch(InetSocketAddress::isUnresolved)) {
      throw new IllegalArgumentException("DNS server without an address: " + servers);
    }
    if (!timeout.isPositive()) {
      throw new IllegalArgumentException("no time for the DNS: " + timeout);
    }
  }
}
