package dovetail.policy;

import dovetail.live.Live;
import dovetail.policy.rule.NamedRule;
import dovetail.policy.wire.PolicyClient;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Policies that listen. */
final class LivePolicy extends Live<PolicyService> {
  static final PolicySettings SETTINGS =
      new PolicySettings(Duration.ofSeconds(30), Duration.ofSeconds(1000), List.of());
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

  private LivePolicy(List<NamedRule> rules, String address, int maxConnections) throws IOException {
    super("policy", address, maxConnections, around -> service(rules, around));
  }

  private static PolicyService service(List<NamedRule> rules, Surroundings around) {
    return new PolicyService(
        new PolicyService.State(SETTINGS, rules),
        around.log(),
        around.metrics(),
        new PolicyService.Clocks(
            () -> NOW.plusNanos(around.passed().getAsLong()), around.ticker()));
  }

  static LivePolicy open(List<NamedRule> rules, String address) throws IOException {
    return new LivePolicy(rules, address, 100);
  }

  static LivePolicy open(NamedRule... rules) throws IOException {
    return open(100, rules);
  }

  static LivePolicy open(int maxConnections, NamedRule... rules) throws IOException {
    return new LivePolicy(List.of(rules), "inet:127.0.0.1:0", maxConnections);
  }

  PolicyClient client() throws IOException {
    return PolicyClient.connect(address());
  }

  /**
   * Waits until the only connection there was has had so many requests answered, and waits for the
   * next one: it looks at the clock once at first, and five times for each request, the last time
   * when that is over.
   */
  void awaitAnswered(int requests) throws InterruptedException {
    await(() -> looks() >= 1 + 5L * requests);
  }

  void reload(NamedRule... rules) {
    handler().reload(new PolicyService.State(SETTINGS, List.of(rules)));
  }

  /** Our own milter has refused a message. */
  void refund(String queueId) {
    handler().refund(queueId);
  }
}
