package dovetail.spf;

import dovetail.dns.Resolver;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/**
 * Checks whether a client may send in a domain's name (RFC 7208). A check always ends, and whatever
 * the DNS holds or does is a result. For any thread.
 */
public final class SpfVerifier {
  /** RFC 7208 4.6.4: a check may take 20 seconds at least. */
  private static final Duration MOST = Duration.ofSeconds(20);

  private final Resolver resolver;
  private final String receiver;
  private final InstantSource clock;
  private final LongSupplier nanos;

  /**
   * @param receiver the name of this host, for explanations that name it
   * @param clock the time of the day, for explanations that name it
   * @param nanos a clock that only goes forward, in nanoseconds
   */
  public SpfVerifier(Resolver resolver, String receiver, InstantSource clock, LongSupplier nanos) {
    this.resolver = resolver;
    this.receiver = receiver;
    this.clock = clock;
    this.nanos = nanos;
  }

  /** Whether the client may use the name by which it introduces itself (RFC 7208 2.3). */
  public SpfResult helo(SpfClient client) {
    return check(SpfSender.helo(client), client);
  }

  /**
   * Whether the client may use the return path (RFC 7208 2.4).
   *
   * @param returnPath the address, without angle brackets; empty for the null sender, for which the
   *     name that the client calls itself stands in
   */
  public SpfResult mailFrom(SpfClient client, String returnPath) {
    return check(SpfSender.mailFrom(returnPath, client), client);
  }

  private SpfResult check(SpfSender sender, SpfClient client) {
    MacroValues values = new MacroValues(sender, client, receiver, clock);
    return new Evaluation(client, values, new Lookups(resolver, MOST, nanos)).run(sender);
  }
}
