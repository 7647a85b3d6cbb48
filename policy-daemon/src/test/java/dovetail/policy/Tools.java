package dovetail.policy;

import dovetail.counter.CounterSettings;
import dovetail.counter.Counters;
import dovetail.directory.Directory;
import dovetail.dns.MapResolver;
import dovetail.dns.Resolver;
import dovetail.policy.rule.AccountHistory;
import dovetail.policy.rule.Activities;
import dovetail.policy.rule.ClientChecks;
import dovetail.policy.rule.Greylist;
import dovetail.policy.rule.Hosted;
import dovetail.policy.rule.Limits;
import dovetail.policy.rule.Residents;
import dovetail.policy.rule.TriedSuspensions;
import dovetail.policy.source.StoredResidents;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Map;

/** What rules are made with in tests: all in memory, at a time that stands still. */
final class Tools {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

  private Tools() {}

  /** Nobody is hosted, and nothing was set. */
  static RuleTools plain() {
    return with(Hosted.NONE, Residents.NONE, checks(new MapResolver(Map.of())));
  }

  /** The domain example.com is ours, with those who are in a directory. */
  static RuleTools in(Directory directory) {
    return with(
        domain -> domain.ascii().equals("example.com"),
        StoredResidents.of(directory),
        checks(new MapResolver(Map.of())));
  }

  /** Nobody is hosted, and the DNS is that one. */
  static RuleTools asking(Resolver resolver) {
    return with(Hosted.NONE, Residents.NONE, checks(resolver));
  }

  private static ClientChecks checks(Resolver resolver) {
    return new ClientChecks(
        new ClientChecks.Tools(
            resolver,
            "mx.example.net",
            InstantSource.fixed(NOW),
            System::nanoTime,
            Duration.ofSeconds(5)));
  }

  private static RuleTools with(Hosted hosted, Residents residents, ClientChecks checks) {
    return new RuleTools(
        new Counters(CounterSettings.of(ZoneOffset.UTC, 1_000), InstantSource.fixed(NOW)),
        Limits.NONE,
        hosted,
        (rule, key, use) -> {},
        new TriedSuspensions(),
        AccountHistory.NONE,
        new Activities(() -> 0),
        residents,
        ZoneOffset.UTC,
        checks,
        Greylist.NONE);
  }
}
