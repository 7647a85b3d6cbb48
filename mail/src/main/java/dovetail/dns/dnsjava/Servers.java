package dovetail.dns.dnsjava;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.xbill.DNS.config.ResolvConfResolverConfigProvider;

/** The servers, and which of them is asked first: one that is silent only ever costs one wait. */
final class Servers {
  private static final int PORT = 53;

  private final List<InetSocketAddress> all;
  private final boolean trustAd;
  private final AtomicInteger first = new AtomicInteger();

  Servers(DnsSettings settings) {
    this.all = settings.servers().isEmpty() ? ofSystem() : settings.servers();
    this.trustAd = settings.trustAd();
  }

  /** All of them, the one to ask first in front. */
  List<InetSocketAddress> inOrder() {
    List<InetSocketAddress> servers = new ArrayList<>(all);
    Collections.rotate(servers, -first.get());
    return servers;
  }

  /** From now on that one is asked first. */
  void prefer(InetSocketAddress server) {
    first.set(all.indexOf(server));
  }

  /** Whether to believe a server's AD flag: nobody can change it on the way. */
  boolean isTrusted(InetSocketAddress server) { // RFC 4035 4.9.3
    return trustAd || server.getAddress().isLoopbackAddress();
  }

  private static List<InetSocketAddress> ofSystem() {
    // Not ResolverConfig, which also asks JNDI and system properties and is static for ever.
    ResolvConfResolverConfigProvider file = new ResolvConfResolverConfigProvider();
    file.initialize();
    List<InetSocketAddress> servers =
        file.servers().stream().filter(server -> !server.isUnresolved()).toList();
    return servers.isEmpty() // resolv.conf(5): then the name server on this host
        ? List.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), PORT))
        : servers;
  }
}
