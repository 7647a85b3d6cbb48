package dovetail.policy;

import dovetail.counter.CounterSettings;
import dovetail.counter.Counters;
import dovetail.directory.Directory;
import dovetail.policy.rule.AccountHistory;
import dovetail.policy.rule.Hosted;
import dovetail.policy.rule.Limits;
import dovetail.policy.rule.Residents;
import dovetail.policy.rule.TriedSuspensions;
import dovetail.policy.source.StoredResidents;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;

/** What rules are made with in tests: all in memory, at a time that stands still. */
final class Tools {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

  private Tools() {}

  /** Nobody is hosted, and nothing was set. */
  static RuleTools plain() {
    return with(InstantSource.fixed(NOW), Hosted.NONE, Residents.NONE);
  }

  /** The domain example.com is ours, with those who are in a directory. */
  static RuleTools in(Directory directory) {
    return with(
        InstantSource.fixed(NOW),
        domain -> domain.ascii().equals("example.com"),
        StoredResidents.of(directory));
  }

  private static RuleTools with(InstantSource clock, Hosted hosted, Residents residents) {
    return new RuleTools(
        new Counters(CounterSettings.of(ZoneOffset.UTC, 1_000), clock),
        Limits.NONE,
        hosted,
        (rule, key, use) -> {},
        new TriedSuspensions(),
        AccountHistory.NONE,
        residents,
        ZoneOffset.UTC,
        () -> 0);
  }
}
