package dovetail.lookup.mtasts;

import dovetail.dns.Answer;
import dovetail.dns.Failure;
import dovetail.dns.TxtResolver;
import dovetail.mail.Domain;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;

/** A DNS, policy hosts and a clock that do as they are told. */
final class World implements PolicyFetcher {
  static final Domain DOMAIN = domain("a.example");
  static final Instant START = Instant.parse("2026-11-28T12:00:00Z");

  final Map<Domain, Answer<String>> records = new ConcurrentHashMap<>();
  final Map<Domain, FetchResult> hosts = new ConcurrentHashMap<>();
  final AtomicInteger fetches = new AtomicInteger();
  final AtomicReference<Instant> now = new AtomicReference<>(START);
  private final AtomicLong nanos = new AtomicLong();
  final Seen seen = new Seen();

  /** A permit for each fetch that may end. */
  final Semaphore gate = new Semaphore(Integer.MAX_VALUE);

  static Domain domain(String name) {
    return Domain.parse(name).orElseThrow();
  }

  static Policy policy(Policy.Mode mode, Duration maxAge, String... mx) {
    return new Policy(
        mode,
        List.of(mx).stream().map(MxPattern::parse).map(Optional::orElseThrow).toList(),
        maxAge);
  }

  static Policy enforce(Duration maxAge) {
    return policy(Policy.Mode.ENFORCE, maxAge, "mx.a.example", "*.b.example");
  }

  /** Publishes a policy of the domain. */
  void publish(String id, Policy policy) {
    record(id);
    hosts.put(DOMAIN, new FetchResult.Fetched(policy));
  }

  void record(String id) {
    answer(new Answer.Records<>(List.of("v=STSv1; id=" + id), false));
  }

  void answer(Answer<String> answer) {
    records.put(domain("_mta-sts.a.example"), answer);
  }

  void failDns() {
    answer(new Answer.Failed<>(Failure.SERVER_FAILURE));
  }

  void failHost() {
    hosts.put(DOMAIN, new FetchResult.Refused(FetchFailure.TLS, "planted"));
  }

  void pass(Duration time) {
    now.updateAndGet(it -> it.plus(time));
    nanos.addAndGet(time.toNanos());
  }

  /** Publishes a policy of another domain, with so many hosts. */
  Domain publish(String name, int hosts) {
    Domain domain = domain(name);
    records.put(
        domain.below("_mta-sts").orElseThrow(),
        new Answer.Records<>(List.of("v=STSv1; id=1"), false));
    this.hosts.put(
        domain,
        new FetchResult.Fetched(
            policy(
                Policy.Mode.ENFORCE,
                Duration.ofDays(7),
                IntStream.range(0, hosts)
                    .mapToObj(i -> "h" + i + ".example")
                    .toArray(String[]::new))));
    return domain;
  }

  Policies.Sources sources() {
    return new Policies.Sources(
        new TxtResolver(name -> records.getOrDefault(name, new Answer.NoSuchName<>())), this);
  }

  MtaSts.Clocks clocks() {
    return new MtaSts.Clocks(now::get, nanos::get);
  }

  Policies policies() {
    return policies(Optional.empty(), 100);
  }

  Policies policies(Optional<Path> folder, int entries) {
    return new Policies(
        sources(),
        folder.map(path -> new PolicyFolder(path, entries, seen::folder)),
        entries,
        clocks(),
        seen);
  }

  @Override
  public FetchResult fetch(Domain domain) {
    fetches.incrementAndGet();
    gate.acquireUninterruptibly();
    return Optional.ofNullable(hosts.get(domain))
        .orElseGet(() -> new FetchResult.Refused(FetchFailure.NO_ADDRESS, ""));
  }

  /** Waits until nothing is looked at any more, then says what is known. */
  static Optional<HeldPolicy> settled(Policies policies) {
    Optional<HeldPolicy> _ = policies.of(DOMAIN);
    policies.idle();
    return policies.of(DOMAIN);
  }
}
