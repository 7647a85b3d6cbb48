package dovetail.serve;

import dovetail.config.Settings;
import dovetail.counter.Counters;
import dovetail.directory.edit.Kind;
import dovetail.directory.edit.Row;
import dovetail.directory.edit.UnavailableException;
import dovetail.policy.PolicyConfig;
import dovetail.policy.PolicyService;
import dovetail.policy.PolicySettings;
import dovetail.policy.RuleTools;
import dovetail.policy.rule.Hosted;
import dovetail.policy.rule.Limits;
import dovetail.policy.rule.NamedRule;
import dovetail.policy.source.HostedDomains;
import dovetail.policy.source.StoredLimits;
import dovetail.store.sql.Store;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The rules of a configuration, to be tried: what they count is forgotten. */
public final class PolicyTrial {
  private PolicyTrial() {}

  /**
   * The rules, as far as they are known without the running service.
   *
   * @param store where there is a database
   * @throws UnavailableException if it does not answer
   */
  public static List<NamedRule> rules(Configuration configuration, Optional<Store> store)
      throws UnavailableException {
    StoredLimits limits = new StoredLimits();
    if (store.isPresent()) {
      List<Row> rows = new ArrayList<>();
      store.get().administration().list(Kind.LIMIT, Optional.empty(), rows::add);
      limits.replace(rows);
    }
    return rules(configuration.settings(), limits, store);
  }

  private static List<NamedRule> rules(Settings settings, Limits limits, Optional<Store> store) {
    RuleTools tools =
        new RuleTools(
            new Counters(PolicyConfig.counters(settings), InstantSource.system()),
            limits,
            store.<Hosted>map(open -> new HostedDomains(open.directory())).orElse(Hosted.NONE),
            (_, _, _) -> {},
            PolicyConfig.zone(settings));
    return PolicyService.State.of(PolicySettings.of(settings), tools).rules();
  }
}
