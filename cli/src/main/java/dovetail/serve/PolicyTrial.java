package dovetail.serve;

import dovetail.config.Settings;
import dovetail.counter.CounterSettings;
import dovetail.counter.Counters;
import dovetail.directory.edit.Kind;
import dovetail.directory.edit.Row;
import dovetail.directory.edit.UnavailableException;
import dovetail.dns.Resolver;
import dovetail.policy.PolicyConfig;
import dovetail.policy.PolicyService;
import dovetail.policy.PolicySettings;
import dovetail.policy.RuleTools;
import dovetail.policy.RuleType;
import dovetail.policy.rule.AccountHistory;
import dovetail.policy.rule.Activities;
import dovetail.policy.rule.ClientChecks;
import dovetail.policy.rule.Facts;
import dovetail.policy.rule.Greylist;
import dovetail.policy.rule.Hosted;
import dovetail.policy.rule.Mode;
import dovetail.policy.rule.NamedRule;
import dovetail.policy.rule.Residents;
import dovetail.policy.rule.Suspensions;
import dovetail.policy.rule.TriedSuspensions;
import dovetail.policy.source.HostedDomains;
import dovetail.policy.source.StoredLimits;
import dovetail.policy.source.StoredResidents;
import dovetail.policy.source.TriedGreylist;
import dovetail.policy.source.TriedHistory;
import dovetail.store.sql.Store;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The rules of a configuration, to be tried: what they count is forgotten. */
public final class PolicyTrial {
  /**
   * For each of three kinds of questions: Postfix waits ten seconds for an answer, as we tell it.
   */
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private PolicyTrial() {}

  /**
   * The rules, as far as they are known without the running service.
   *
   * @param store where there is a database
   * @param facts what they are to be asked about
   * @throws UnavailableException if it does not answer
   */
  public static List<NamedRule> rules(
      Configuration configuration, Optional<Store> store, Facts facts) throws UnavailableException {
    StoredLimits limits = limits(store);
    Settings settings = configuration.settings();
    RuleTools tools =
        new RuleTools(
            counters(settings, store),
            limits,
            store.<Hosted>map(open -> new HostedDomains(open.directory())).orElse(Hosted.NONE),
            (_, _, _) -> {},
            suspensions(store),
            history(settings, store, facts),
            Activities.ofOneMessage(),
            store.map(open -> StoredResidents.of(open.directory())).orElse(Residents.NONE),
            PolicyConfig.zone(settings),
            checks(configuration, Dns.resolver(configuration)),
            store.<Greylist>map(open -> new TriedGreylist(open.greylist())).orElse(Greylist.NONE));
    return PolicyService.State.of(PolicySettings.of(settings), tools).rules();
  }

  /**
   * What was counted, as far as the database knows; nothing of it changes there. It is read when it
   * is asked about, and that fails with {@link dovetail.counter.UnreadException} if the database
   * does not answer.
   */
  public static Counters counters(Settings settings, Optional<Store> store) {
    CounterSettings kept = PolicyConfig.counters(settings);
    return store
        .map(open -> Counters.tried(kept, InstantSource.system(), open.counters()))
        .orElseGet(() -> new Counters(kept, InstantSource.system()));
  }

  /** What the DNS says of clients. */
  static ClientChecks checks(Configuration configuration, Resolver resolver) {
    Duration patience = configuration.settings().get(DnsConfig.MESSAGE_TIMEOUT);
    return new ClientChecks(
        new ClientChecks.Tools(
            resolver,
            configuration.milter().filter().verifying().authservId(),
            InstantSource.system(),
            System::nanoTime,
            patience.compareTo(PATIENCE) < 0 ? patience : PATIENCE));
  }

  private static AccountHistory history(Settings settings, Optional<Store> store, Facts facts)
      throws UnavailableException {
    boolean wanted =
        settings.get(PolicyConfig.RULES).stream()
            .anyMatch(rule -> rule.type() == RuleType.BREAKER && rule.mode() != Mode.OFF);
    Optional<String> login = facts.login();
    return wanted && store.isPresent() && login.isPresent()
        ? TriedHistory.of(
            login.get(), store.get().suspensions(), PolicyConfig.zone(settings), facts.now())
        : AccountHistory.NONE;
  }

  private static Suspensions suspensions(Optional<Store> store) throws UnavailableException {
    TriedSuspensions tried = new TriedSuspensions();
    if (store.isPresent()) {
      store.get().suspensions().all(InstantSource.system().instant()).stream()
          .forEach(suspension -> tried.suspend(suspension, ""));
    }
    return tried;
  }

  /** What was set for single accounts and domains. */
  public static StoredLimits limits(Optional<Store> store) throws UnavailableException {
    StoredLimits limits = new StoredLimits();
    if (store.isPresent()) {
      List<Row> rows = new ArrayList<>();
      store.get().administration().list(Kind.LIMIT, Optional.empty(), rows::add);
      limits.replace(rows);
    } else {
      limits.areNone();
    }
    return limits;
  }
}
