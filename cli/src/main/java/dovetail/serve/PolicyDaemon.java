package dovetail.serve;

import dovetail.config.Settings;
import dovetail.counter.CounterSettings;
import dovetail.counter.Counters;
import dovetail.counter.Suspension;
import dovetail.counter.SuspensionStore;
import dovetail.milter.report.Evaluations;
import dovetail.milter.wire.Reply;
import dovetail.observe.Metrics;
import dovetail.observe.TransactionLog;
import dovetail.policy.LimitLog;
import dovetail.policy.PolicyConfig;
import dovetail.policy.PolicyService;
import dovetail.policy.PolicySettings;
import dovetail.policy.RuleTools;
import dovetail.policy.RuleType;
import dovetail.policy.rule.AccountHistory;
import dovetail.policy.rule.Activities;
import dovetail.policy.rule.Greylist;
import dovetail.policy.rule.Hosted;
import dovetail.policy.rule.LimitSettings;
import dovetail.policy.rule.Mode;
import dovetail.policy.rule.Residents;
import dovetail.policy.source.HostedDomains;
import dovetail.policy.source.StoredGreylist;
import dovetail.policy.source.StoredHistory;
import dovetail.policy.source.StoredLimits;
import dovetail.policy.source.StoredResidents;
import dovetail.policy.source.StoredSuspensions;
import dovetail.server.ConnectionLimits;
import dovetail.server.ListenChange;
import dovetail.server.Server;
import dovetail.server.Service;
import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The policy daemon: what serves, where, and what it has counted. */
final class PolicyDaemon implements AutoCloseable {
  private static final Logger logger = LoggerFactory.getLogger("policy");

  /** Twice for an answer at most; the DNS has its own 6 seconds, and Postfix waits for 10. */
  private static final Duration DATABASE_PATIENCE = Duration.ofSeconds(1);

  /** So often it is kept what accounts are used to send. */
  private static final Duration ROUND = Duration.ofMinutes(1);

  /** In one line of the log. */
  private static final int MOST_NAMED = 10;

  private final PolicyService service;
  private final Service listening;
  private final Tools tools;
  private final Optional<Rounds> history;
  private volatile Settings settings;

  /** Limits of the database of which was said that no rule looks for them. */
  private final Set<String> unfound = ConcurrentHashMap.newKeySet();

  /**
   * What all services share.
   *
   * @param directory what is hosted, where there is a database
   */
  record Shared(
      Server server,
      TransactionLog log,
      Metrics metrics,
      DnsMetrics dnsMetrics,
      Optional<DirectoryService> directory,
      StoredLimits limits) {}

  /** Another configuration that can be used. */
  record Change(ListenChange listeners, Runnable commit) {}

  /** What outlives all configurations. */
  private record Tools(
      Counters counters,
      StoredLimits limits,
      Hosted hosted,
      Residents residents,
      LimitLog log,
      StoredSuspensions suspensions,
      AccountHistory history,
      Activities activities,
      Alerts alerts,
      DnsMetrics dnsMetrics,
      Greylist greylist,
      ZoneId zone) {
    RuleTools of(Configuration configuration) {
      return new RuleTools(
          counters,
          limits,
          hosted,
          log,
          suspensions,
          history,
          activities,
          residents,
          zone,
          PolicyTrial.checks(configuration, Dns.resolver(configuration, dnsMetrics)),
          greylist);
    }
  }

  private PolicyDaemon(
      PolicyService service,
      Service listening,
      Tools tools,
      Optional<Rounds> history,
      Settings settings) {
    this.service = service;
    this.listening = listening;
    this.tools = tools;
    this.history = history;
    this.settings = settings;
  }

  /** Whether some rule does nothing without a database. */
  static boolean opensDatabase(Settings settings) {
    return settings.get(PolicyConfig.RULES).stream()
        .anyMatch(rule -> rule.type() == RuleType.GREYLIST && rule.mode() != Mode.OFF);
  }

  /** Whether some rule counts what a database would keep and share, and does without one. */
  private static boolean counts(Settings settings) {
    return settings.get(PolicyConfig.RULES).stream()
        .anyMatch(rule ->
            (rule.type() == RuleType.LIMIT || rule.type() == RuleType.BREAKER)
                && rule.mode() != Mode.OFF);
  }

  private static Greylist greylist(DirectoryService service) {
    return new StoredGreylist(
        service.greylist(), Thread::startVirtualThread, DATABASE_PATIENCE, System::nanoTime);
  }

  static PolicyDaemon open(Shared shared, Configuration configuration) throws IOException {
    Settings settings = configuration.settings();
    if (shared.directory().isEmpty() && counts(settings)) {
      logger.warn(
          "there is no database: what limits and breakers count and suspend is forgotten at the"
              + " end, and no other host knows of it; database.url names one");
    }
    Optional<SuspensionStore> store = shared.directory().map(DirectoryService::suspensions);
    Optional<StoredHistory> stored =
        store.map(kept -> new StoredHistory(kept, PolicyConfig.zone(settings)));
    if (shared.directory().isEmpty()) {
      shared.limits().areNone();
    }
    Alerts alerts = new Alerts(configuration, shared.metrics(), new SecureRandom());
    Tools tools =
        new Tools(
            counters(shared, settings),
            shared.limits(),
            shared
                .directory()
                .<Hosted>map(service -> new HostedDomains(service.directory()))
                .orElse(Hosted.NONE),
            shared
                .directory()
                .map(service -> StoredResidents.of(service.directory()))
                .orElse(Residents.NONE),
            new LimitLog(shared.log(), shared.metrics()),
            new StoredSuspensions(
                store, configuration.milter().filter().verifying().authservId(), alerts),
            stored.<AccountHistory>map(history -> history).orElse(AccountHistory.NONE),
            new Activities(System::nanoTime),
            alerts,
            shared.dnsMetrics(),
            shared.directory().map(PolicyDaemon::greylist).orElse(Greylist.NONE),
            PolicyConfig.zone(settings));
    PolicyService service =
        new PolicyService(
            state(configuration, tools),
            shared.log(),
            shared.metrics(),
            new PolicyService.Clocks(InstantSource.system(), System::nanoTime));
    Service listening =
        shared
            .server()
            .open(
                "policy",
                settings.get(PolicyConfig.LISTEN),
                ConnectionLimits.evicting(settings.get(PolicyConfig.MAX_CONNECTIONS)),
                service);
    return new PolicyDaemon(service, listening, tools, stored.map(PolicyDaemon::keeping), settings);
  }

  private static Rounds keeping(StoredHistory history) {
    return Rounds.start(
        new Rounds.Plan("history", ROUND, "what accounts send", logger),
        () -> history.exchange(InstantSource.system().instant()));
  }

  private static Counters counters(Shared shared, Settings settings) {
    CounterSettings wanted = PolicyConfig.counters(settings);
    Counters counters =
        shared
            .directory()
            .map(directory ->
                Counters.shared(
                    wanted,
                    InstantSource.system(),
                    directory.counters(),
                    new SecureRandom(),
                    PolicyDaemon::tell))
            .orElseGet(() -> new Counters(wanted, InstantSource.system()));
    GaugeWithCallback.builder()
        .name("dovetail_policy_counters")
        .help("Counters of limits that are kept.")
        .callback(callback -> callback.call((double) counters.size()))
        .register(shared.metrics().registry());
    CounterWithCallback.builder()
        .name("dovetail_policy_uncounted")
        .help("What strangers were granted uncounted, beyond policy.strangers.")
        .callback(callback -> callback.call((double) counters.uncounted()))
        .register(shared.metrics().registry());
    return counters;
  }

  private static void tell(String trouble) {
    if (trouble.isEmpty()) {
      logger.info("counters are kept in the database again");
    } else {
      logger.error("{}", trouble);
    }
  }

  private static PolicyService.State state(Configuration from, Tools tools) {
    return PolicyService.State.of(PolicySettings.of(from.settings()), tools.of(from));
  }

  Change prepare(Configuration other) throws IOException {
    PolicyService.State next = state(other, tools);
    return new Change(
        listening.prepare(other.settings().get(PolicyConfig.LISTEN)),
        () -> {
          tools.alerts().reload(other);
          service.reload(next);
          settings = other.settings();
          limitsWereRead();
          tools.activities().keep(next.rules());
        });
  }

  /** What our milter refuses was not sent, and is given back. */
  Evaluations refunding(Evaluations others) {
    return message -> {
      others.add(message);
      if (message.verdict().reply() instanceof Reply.Refuse) {
        service.refund(message.queueId());
      }
    };
  }

  /** Says which limits of the database no rule looks for, of each once. */
  void limitsWereRead() {
    List<LimitSettings> rules =
        PolicyConfig.limits(settings).stream().map(rule -> rule.settings(tools.zone())).toList();
    List<String> fresh = tools.limits().unfound(rules).stream().filter(unfound::add).toList();
    if (!fresh.isEmpty()) {
      logger.warn(
          "the database holds limits that no rule looks for: {}{}",
          String.join(", ", fresh.subList(0, Math.min(fresh.size(), MOST_NAMED))),
          fresh.size() > MOST_NAMED ? ", and " + (fresh.size() - MOST_NAMED) + " more" : "");
    }
  }

  /** Takes over which accounts may not send, by the database. */
  void suspended(List<Suspension> rows) {
    tools.suspensions().replace(rows);
  }

  List<String> addresses() {
    return listening.printableAddresses();
  }

  @Override
  public void close() {
    history.ifPresent(Rounds::close);
    tools.suspensions().close();
    tools.alerts().close(); // of the last suspensions, too
    tools.counters().close();
  }
}
