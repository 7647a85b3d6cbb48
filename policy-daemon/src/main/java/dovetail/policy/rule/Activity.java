package dovetail.policy.rule;

import dovetail.policy.rule.AccountHistory.Peak;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
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
  private int messages;

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

  /** What becomes of a message. */
  sealed interface Outcome {}

  /** It was too much. */
  record Excess(Breaker.Cause cause, String detail) implements Outcome {}

  /** It was added. Whoever finds that it was not sent after all gives it back. */
  final class Added implements Outcome, Ruling.Receipt {
    private final Recent.Part takenPart;
    private final Recent.Part recipientsPart;
    private final RecentSet.Part domainsPart;
    private boolean refunded;

    private Added(Recent.Part takenPart, Recent.Part recipientsPart, RecentSet.Part domainsPart) {
      this.takenPart = takenPart;
      this.recipientsPart = recipientsPart;
      this.domainsPart = domainsPart;
    }

    /** What Postfix has refused, and where the client was, stays as it is. */
    @Override
    public void refund() {
      synchronized (Activity.this) {
        if (!refunded) {
          refunded = true;
          takenPart.takeBack();
          recipientsPart.takeBack();
          domainsPart.takeBack();
        }
      }
    }
  }

  /**
   * Adds a message, if it is like its account.
   *
   * @param allowance what it may; another than before holds at once
   * @return what is too much; then it was not added, but for its client and what was refused
   */
  synchronized Outcome add(Sent sent, Allowance allowance) {
    long now = sent.at().getEpochSecond();
    Breaker breaker = allowance.breaker();
    long mark = RecentSet.mark(now, messages++);
    if (!sent.network().isEmpty()) {
      networks.add(List.of(sent.network()), mark, breaker.networks() + 1);
    }
    Recent.Part takenPart = taken.add(sent.taken(), now);
    refused.add(sent.refused(), now);
    Optional<Excess> excess =
        strange(breaker, now)
            .or(() -> allowance.bulk() ? Optional.empty() : much(sent, allowance, now));
    if (excess.isPresent()) {
      takenPart.takeBack();
      return excess.get();
    }
    return new Added(
        takenPart,
        recipients.add(sent.recipients(), now),
        domains.add(sent.domains(), mark, allowance.domains().most() + 1));
  }

  /**
   * Adds a message of which it is known that it is sent, however much it is.
   *
   * @param most domains; more are of no interest
   */
  synchronized void learn(Sent sent, int most) {
    long now = sent.at().getEpochSecond();
    taken.add(sent.taken(), now);
    recipients.add(sent.recipients(), now);
    domains.add(sent.domains(), RecentSet.mark(now, messages++), most);
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
    Allowance.Bound bound = allowance.recipients();
    if (count > bound.most()) {
      return Optional.of(
          new Excess(
              Breaker.Cause.RECIPIENTS,
              "%d recipients in ten minutes, %s".formatted(count, bound.words())));
    }
    int reached = domains.sizeWith(sent.domains(), now);
    Allowance.Bound boundOfDomains = allowance.domains();
    if (reached > boundOfDomains.most()) {
      return Optional.of(
          new Excess(
              Breaker.Cause.DOMAINS,
              "recipients in %d domains in ten minutes, %s"
                  .formatted(reached, boundOfDomains.words())));
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
