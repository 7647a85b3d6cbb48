package dovetail.serve;

import dovetail.dns.Authorities;
import dovetail.dns.CachingResolver;
import dovetail.dns.DnsObserver;
import dovetail.dns.Resolver;
import dovetail.dns.dnsjava.AuthoritativeServers;
import dovetail.dns.dnsjava.DnsjavaUpstream;
import java.security.SecureRandom;

/** Makes the resolver that a configuration asks for. */
public final class Dns {
  private static final int PORT = 53;

  private Dns() {}

  /** A resolver that knows nothing yet. */
  static Resolver resolver(Configuration configuration, DnsObserver observer) {
    return new CachingResolver(
        new DnsjavaUpstream(
            DnsConfig.settings(configuration.settings()), new SecureRandom(), System::nanoTime),
        CachingResolver.Limits.DEFAULT,
        System::nanoTime,
        observer);
  }

  /** A resolver for a command that is over soon, whose questions nobody counts. */
  public static Resolver resolver(Configuration configuration) {
    return resolver(configuration, DnsObserver.NONE);
  }

  /** Asks the servers of each zone themselves, found through the configured ones. */
  public static Authorities authorities(Configuration configuration) {
    return new AuthoritativeServers(
        resolver(configuration),
        PORT,
        configuration.settings().get(DnsConfig.TIMEOUT),
        new SecureRandom(),
        System::nanoTime);
  }
}
