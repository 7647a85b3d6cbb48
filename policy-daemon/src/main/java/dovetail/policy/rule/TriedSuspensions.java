package dovetail.policy.rule;

import dovetail.counter.Suspension;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Suspensions that are only tried: nobody is told, and nothing is written. For any thread. */
public final class TriedSuspensions implements Suspensions {
  private final Map<String, Suspension> all = new ConcurrentHashMap<>();

  @Override
  public Optional<Suspension> of(String account, Instant now) {
    return Optional.ofNullable(all.get(account)).filter(one -> now.isBefore(one.until()));
  }

  @Override
  public Optional<Suspension> ended(String account, Instant now) {
    return Optional.ofNullable(all.get(account)).filter(one -> one.hasEnded(now, REMEMBERED));
  }

  @Override
  public void suspend(Suspension suspension, String rule) {
    all.put(suspension.account(), suspension);
  }

  @Override
  public boolean areObeyed() {
    return false;
  }

  @Override
  public void held(Suspension suspension, String queueId) {
    // Nothing is held.
  }
}
