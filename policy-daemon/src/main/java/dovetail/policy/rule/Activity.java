package dovetail.policy.rule;

import dovetail.policy.rule.AccountHistory.Peak;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;

/** What one account does. For any thread. */
final class Activity {
  private static final int MINUTE = 60;
  private static final int SHORT = 10 * MINUTE;
  private static final int LONG = 60 * MINUTE;

  private final Recent recipients = new Recent(SHORT);
  private final Recent taken = new Recent(SHORT);
  private final Recent refused = new Recent(SHORT);
  private final RecentSet domains = new RecentSet(SHORT);
  private final RecentSet networks = new RecentSet(LONG);

  /**
   * One message at its end.
   *
   * @param taken recipients that were accepted
   * @param recipients those of them that are not ours
   * @param refused recipients that were not
   * @param domains of its recipients, where ours do not count
   * @param network of its client; may be empty
   */
  record Sent(
      Instant at,
      int taken,
      int recipients,
      int refused,
      Collection<String> domains,
      String network) {}

  /** What was too much. */
  record Excess(Breaker.Cause cause, String detail) {}

  /**
   * Adds a message, if it is like its account.
   *
   * @param allowance what it may; another than before holds at once
   * @return what is too much; then it was not added, but for its client
   */
  synchronized Optional<Excess> add(Sent sent, Allowance allowance) {
    long now = sent.at().getEpochSecond();
    Breaker breaker = allowance.breaker();
    if (!sent.network().isEmpty()) {
      networks.add(sent.network(), now, breaker.networks() + 1);
    }
    taken.add(sent.taken(), now);
    refused.add(sent.refused(), now);
    Optional<Excess> excess =
        strange(breaker, now)
            .or(() -> allowance.bulk() ? Optional.empty() : much(sent, allowance, now));
    if (excess.isEmpty()) {
      recipients.add(sent.recipients(), now);
      int most = allowance.domains();
      sent.domains().forEach(domain -> domains.add(domain, now, most + 1));
    }
    return excess;
  }

  private Optional<Excess> strange(Breaker breaker, long now) {
    int seen = networks.size(now);
    if (seen > breaker.networks()) {
      return Optional.of(
          new Excess(
              Breaker.Cause.NETWORKS,
              "logins from more than %d networks in an hour".formatted(breaker.networks())));
    }
    long unknown = refused.sum(now);
    if (unknown > breaker.refused() && unknown > taken.sum(now)) {
      return Optional.of(
          new Excess(
              Breaker.Cause.REFUSED, "%d recipients refused in ten minutes".formatted(unknown)));
    }
    return Optional.empty();
  }

  private Optional<Excess> much(Sent sent, Allowance allowance, long now) {
    long count = recipients.sum(now) + sent.recipients();
    if (count > allowance.recipients()) {
      return Optional.of(
          new Excess(
              Breaker.Cause.RECIPIENTS,
              "%d recipients in ten minutes, %d before at most"
                  .formatted(count, allowance.before().recipients())));
    }
    int reached = domains.sizeWith(sent.domains(), now);
    if (reached > allowance.domains()) {
      return Optional.of(
          new Excess(
              Breaker.Cause.DOMAINS,
              "recipients in %d domains in ten minutes, %d before at most"
                  .formatted(reached, allowance.before().domains())));
    }
    return Optional.empty();
  }

  /** What it has reached in the last ten minutes. */
  synchronized Peak peak(Instant at) {
    long now = at.getEpochSecond();
    return new Peak(
        (int) Math.min(recipients.sum(now), Integer.MAX_VALUE / 1_000), domains.size(now));
  }
}
