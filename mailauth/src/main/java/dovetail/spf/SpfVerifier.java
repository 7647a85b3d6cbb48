package dovetail.spf;

import dovetail.dns.Resolver;
import dovetail.mail.Domain;
import java.net.InetAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Checks whether a client may send in a domain's name (RFC 7208). A check always ends, and whatever
 * the DNS holds or does is a result. It remembers the records that it has read: make one for many
 * checks. For any thread.
 */
public final class SpfVerifier {
  /** RFC 7208 4.6.4: a check may take 20 seconds at least. */
  private static final Duration MOST_TIME = Duration.ofSeconds(20);

  /** RFC 7208 4.6.4: so many terms of a record, and of those it refers to, may need the DNS. */
  public static final int MAX_TERMS = Lookups.MOST_TERMS;

  /** Nobody's address (RFC 1122 3.2.1.3), which no record means. */
  private static final InetAddress NOBODY = InetAddress.ofLiteral("0.0.0.0");

  private final Resolver resolver;
  private final String receiver;
  private final InstantSource clock;
  private final LongSupplier nanos;
  private final SpfRecords records = new SpfRecords();

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

  /**
   * For somebody who could not wait for the result.
   *
   * @param returnPath as for {@link #mailFrom}
   */
  public static SpfResult timedOut(SpfClient client, String returnPath) {
    SpfSender sender = SpfSender.mailFrom(returnPath, client);
    return new SpfResult(
        sender.identity(),
        Domain.parse(sender.domain()).filter(Evaluation::isMailDomain),
        SpfStatus.TEMPERROR,
        SpfReason.TOO_SLOW,
        "",
        Optional.empty(),
        Optional.empty());
  }

  /**
   * What there is to say of a domain's record, whoever the client is.
   *
   * @param result what it says to somebody whom it does not mean
   * @param terms how many terms needed the DNS on the way to that; at most one more than may be
   */
  public record Survey(SpfResult result, int terms) {}

  /** Goes through a domain's record to its end. */
  public Survey survey(Domain domain) {
    SpfClient nobody = new SpfClient(NOBODY, domain.ascii());
    Lookups lookups = Lookups.withVoids(resolver, MOST_TIME, nanos); // nobody's names are not there
    SpfResult result = check(SpfSender.helo(nobody), nobody, lookups);
    return new Survey(result, lookups.terms());
  }

  private SpfResult check(SpfSender sender, SpfClient client) {
    return check(sender, client, new Lookups(resolver, MOST_TIME, nanos));
  }

  private SpfResult check(SpfSender sender, SpfClient client, Lookups lookups) {
    MacroValues values = new MacroValues(sender, client, receiver, clock);
    return new Evaluation(client, values, lookups, records).run(sender);
  }
}
