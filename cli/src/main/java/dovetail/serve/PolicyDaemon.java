package dovetail.serve;

import dovetail.config.Settings;
import dovetail.counter.CounterSettings;
import dovetail.counter.Counters;
import dovetail.milter.report.Evaluations;
import dovetail.milter.wire.Reply;
import dovetail.observe.Metrics;
import dovetail.observe.TransactionLog;
import dovetail.policy.LimitLog;
import dovetail.policy.PolicyConfig;
import dovetail.policy.PolicyService;
import dovetail.policy.PolicySettings;
import dovetail.policy.RuleTools;
import dovetail.policy.rule.Hosted;
import dovetail.policy.source.HostedDomains;
import dovetail.policy.source.StoredLimits;
import dovetail.server.ConnectionLimits;
import dovetail.server.ListenChange;
import dovetail.server.Server;
import dovetail.server.Service;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** The policy daemon: what serves, where, and what it has counted. */
final class PolicyDaemon implements AutoCloseable {
  private final PolicyService service;
  private final Service listening;
  private final Tools tools;

  /**
   * What all services share.
   *
   * @param directory what is hosted, where there is a database
   */
  record Shared(
      Server server,
      TransactionLog log,
      Metrics metrics,
      Optional<DirectoryService> directory,
      StoredLimits limits) {}

  /** Another configuration that can be used. */
  record Change(ListenChange listeners, Runnable commit) {}

  /** What outlives all configurations. */
  private record Tools(Counters counters, StoredLimits limits, Hosted hosted, LimitLog log) {
    RuleTools of(Settings settings) {
      return new RuleTools(counters, limits, hosted, log, PolicyConfig.zone(settings));
    }
  }

  private PolicyDaemon(PolicyService service, Service listening, Tools tools) {
    this.service = service;
    this.listening = listening;
    this.tools = tools;
  }

  static PolicyDaemon open(Shared shared, Configuration configuration) throws IOException {
    Settings settings = configuration.settings();
    Counters counters = counters(shared, settings);
    Tools tools =
        new Tools(
            counters,
            shared.limits(),
            shared
                .directory()
                .<Hosted>map(service -> new HostedDomains(service.directory()))
                .orElse(Hosted.NONE),
            new LimitLog(shared.log(), shared.metrics()));
    PolicyService service =
        new PolicyService(
            state(settings, tools),
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
    return new PolicyDaemon(service, listening, tools);
  }

  private static Counters counters(Shared shared, Settings settings) {
    CounterSettings wanted = PolicyConfig.counters(settings);
    Counters counters = new Counters(wanted, InstantSource.system());
    GaugeWithCallback.builder()
        .name("dovetail_policy_counters")
        .help("Counters of limits that are kept.")
        .callback(callback -> callback.call((double) counters.size()))
        .register(shared.metrics().registry());
    return counters;
  }

  private static PolicyService.State state(Settings settings, Tools tools) {
    return PolicyService.State.of(PolicySettings.of(settings), tools.of(settings));
  }

  Change prepare(Configuration other) throws IOException {
    PolicyService.State next = state(other.settings(), tools);
    return new Change(
        listening.prepare(other.settings().get(PolicyConfig.LISTEN)), () -> service.reload(next));
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

  List<String> addresses() {
    return listening.printableAddresses();
  }

  @Override
  public void close() {
    tools.counters().close();
  }
}
