package dovetail.lookup.mtasts;

import dovetail.dns.Resolver;
import dovetail.mail.Domain;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Says what TLS a next hop asks for. Holds policies for all its life, over any change of settings.
 * For any thread.
 */
public final class MtaSts implements AutoCloseable {
  private static final long SECONDS_BETWEEN_REFRESHES = 60;

  private final Policies policies;
  private final Clocks clocks;
  private final CountDownLatch closing = new CountDownLatch(1);
  private volatile Setup setup;

  /** What a change of settings replaces. */
  private record Setup(MtaStsSettings settings, Resolver resolver) {}

  /**
   * Where policies are kept.
   *
   * @param folder of the files
   * @param entries how many are kept: in memory, where long ones count as several, and in files
   */
  public record Keeping(Path folder, int entries) {}

  /**
   * The clocks.
   *
   * @param wall what time it is
   * @param nanos one that only goes forward, in nanoseconds
   */
  public record Clocks(InstantSource wall, LongSupplier nanos) {}

  /** Other settings that can be used. */
  public interface Change {
    /** Uses them from now on, and keeps the policies. */
    void commit();
  }

  private MtaSts(Policies policies, Setup setup, Clocks clocks) {
    this.policies = policies;
    this.setup = setup;
    this.clocks = clocks;
  }

  private static Policies.Sources sources(Setup setup, Clocks clocks) throws IOException {
    return new Policies.Sources(
        setup.resolver(),
        new HttpsFetcher(setup.resolver(), setup.settings().fetching(), clocks.nanos()));
  }

  /**
   * Reads what is kept.
   *
   * @throws IOException if the file of certificates cannot be used; a folder that cannot be is told
   *     the observer, no more
   */
  public static MtaSts open(
      MtaStsSettings settings,
      Resolver resolver,
      Keeping keeping,
      Clocks clocks,
      MtaStsObserver observer)
      throws IOException {
    Setup setup = new Setup(settings, resolver);
    Policies policies =
        new Policies(
            sources(setup, clocks),
            Optional.of(new PolicyFolder(keeping.folder(), keeping.entries(), observer::folder)),
            keeping.entries(),
            clocks,
            observer);
    return new MtaSts(policies, setup, clocks);
  }

  /** Over policies that are there. */
  static MtaSts of(Policies policies, Clocks clocks, MtaStsSettings settings, Resolver resolver) {
    return new MtaSts(policies, new Setup(settings, resolver), clocks);
  }

  /**
   * Makes ready to use other settings and another resolver.
   *
   * @throws IOException if the file of certificates cannot be used
   */
  public Change prepare(MtaStsSettings settings, Resolver resolver) throws IOException {
    Setup other = new Setup(settings, resolver);
    Policies.Sources sources = sources(other, clocks);
    return () -> {
      policies.use(sources);
      setup = other;
    };
  }

  /** How many policies are held. */
  public long size() {
    return policies.size();
  }

  /** Begins to look after policies before they end, on a thread of its own, until closed. */
  public void start() {
    Thread.ofPlatform().daemon().name("mta-sts").start(this::lookAfter);
  }

  private void lookAfter() {
    try {
      while (!closing.await(SECONDS_BETWEEN_REFRESHES, TimeUnit.SECONDS)) {
        policies.refresh();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * The keys under which somebody may have said something of a next hop, the nearest first: its
   * name alone, then {@code .parent} for each name above.
   */
  public static List<String> coveringNames(String key) {
    List<String> names = new ArrayList<>();
    Optional<Domain> at = NextHop.parse(key).map(NextHop::domain);
    at.ifPresent(domain -> names.add(domain.ascii()));
    for (at = at.flatMap(Domain::parent); at.isPresent(); at = at.flatMap(Domain::parent)) {
      names.add("." + at.get());
    }
    return names;
  }

  /**
   * What TLS mail to a next hop needs.
   *
   * @param key as Postfix looks it up
   * @param reported whether what TLSRPT needs is in the answer: Postfix 3.10 and later
   */
  public TlsAnswer answer(String key, boolean reported) {
    return NextHop.parse(key)
        .map(hop -> answer(hop, reported))
        .orElseGet(() -> new TlsAnswer.Nothing(TlsAnswer.Why.NO_DOMAIN));
  }

  private TlsAnswer answer(NextHop hop, boolean reported) {
    Setup now = setup;
    Optional<Policy> policy = policies.of(hop.domain()).map(HeldPolicy::policy);
    if (policy.isEmpty()) {
      return new TlsAnswer.Nothing(TlsAnswer.Why.NO_POLICY);
    }
    boolean obeyed =
        switch (policy.get().mode()) {
          case ENFORCE -> true;
          case TESTING -> now.settings().strict();
          case NONE -> false;
        };
    if (!obeyed) {
      return new TlsAnswer.Nothing(TlsAnswer.Why.NOT_ENFORCED);
    }
    // RFC 8461 2: DANE first. Asked only here, since where no policy speaks Postfix decides itself.
    return switch (now.settings().dane() ? Dane.of(hop, now.resolver()) : new Dane.Not()) {
      case Dane.Unknown(String why) -> new TlsAnswer.Unknown(why);
      // Not "dane", which would let mail go unprotected to those hosts that have no TLSA records.
      case Dane.Applies() -> new TlsAnswer.ByDane(PolicyText.DANE);
      case Dane.Not() ->
          new TlsAnswer.Secure(
              new PolicyText(now.settings().serverName(), reported).of(hop.domain(), policy.get()));
    };
  }

  @Override
  public void close() {
    closing.countDown();
  }
}
