package dovetail.serve;

import dovetail.config.Settings;
import dovetail.dkim.CryptoProvider;
import dovetail.http.HttpService;
import dovetail.milter.MilterConfig;
import dovetail.milter.MilterService;
import dovetail.milter.report.Evaluations;
import dovetail.milter.source.AllArchives;
import dovetail.milter.source.AllKeys;
import dovetail.milter.source.ArchiveKey;
import dovetail.milter.source.Archiving;
import dovetail.milter.source.Exceptions;
import dovetail.milter.source.StoredArchives;
import dovetail.milter.source.StoredExceptions;
import dovetail.milter.source.StoredKeys;
import dovetail.observe.Health;
import dovetail.observe.LogOutput;
import dovetail.observe.LogStyle;
import dovetail.observe.Metrics;
import dovetail.observe.ProcessMetrics;
import dovetail.observe.TransactionLog;
import dovetail.policy.source.StoredLimits;
import dovetail.server.ConnectionLimits;
import dovetail.server.HandedOver;
import dovetail.server.ListenChange;
import dovetail.server.Server;
import dovetail.server.Service;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All services of this process, wired together. */
final class RunningServices implements AutoCloseable {
  private static final Logger logger = LoggerFactory.getLogger("dovetail");

  /** Longer than it takes to read a database that is there, shorter than Postfix waits. */
  private static final Duration ARCHIVES_PATIENCE = Duration.ofSeconds(5);

  private final HandedOver handedOver;
  private final Server server;
  private final Health health = new Health();
  // Here from the first moment, so that health is not "up" before it is.
  private final Health.Component cryptoHealth = health.component("crypto");
  private final Metrics metrics;
  private final CompletableFuture<CryptoProvider> crypto = new CompletableFuture<>();
  private final DnsMetrics dnsMetrics;
  private final StoredKeys storedKeys = new StoredKeys();
  private final StoredArchives storedArchives =
      new StoredArchives(ARCHIVES_PATIENCE, System::nanoTime);
  private final StoredExceptions storedExceptions = new StoredExceptions();
  private final ArchiveKey ownArchiveKey = ArchiveKey.random(new SecureRandom());
  private final StoredLimits storedLimits = new StoredLimits();
  private Configuration configuration;
  private Optional<DirectoryService> directory = Optional.empty();
  private Optional<LookupDaemon> lookup = Optional.empty();
  private volatile Optional<PolicyDaemon> policy = Optional.empty();
  private volatile Optional<AuthDaemon> auth = Optional.empty();
  private Optional<Milter> milter = Optional.empty();
  private Optional<ReportService> reports = Optional.empty();
  private Optional<HttpService> http = Optional.empty();

  /** The milter: what serves, and where it listens. */
  private record Milter(MilterService service, Service listening) {}

  private RunningServices(Configuration configuration, Metrics metrics, HandedOver handedOver) {
    this.configuration = configuration;
    this.metrics = metrics;
    this.handedOver = handedOver;
    this.server = new Server(metrics, System::nanoTime, handedOver);
    this.dnsMetrics = new DnsMetrics(metrics);
  }

  /**
   * Opens the listeners first, then starts what takes time, so that no peer ever finds the door
   * shut: one that comes early waits.
   *
   * @throws IOException naming the address that could not be bound; nothing is open then
   */
  static RunningServices start(
      Configuration configuration, Set<String> only, LogOutput output, LogStyle style)
      throws IOException {
    Metrics metrics = new Metrics();
    ProcessMetrics.register(metrics, Version.text(), System::nanoTime);
    ProcessMetrics.register(metrics, output);
    RunningServices running = new RunningServices(configuration, metrics, HandedOver.find());
    try {
      Settings settings = configuration.settings();
      Set<String> wanted = ChosenServices.of(settings, only);
      TransactionLog log = new TransactionLog(output, style, InstantSource.system());
      boolean reports = wanted.contains("milter") && ReportService.isEnabled(settings);
      boolean policies = wanted.contains("policy") && PolicyDaemon.opensDatabase(settings);
      boolean tables = wanted.contains("lookup") || wanted.contains("auth");
      if (tables || reports || policies || Stores.isUsed(configuration)) {
        running.openDirectory();
      }
      if (reports) {
        running.openReports(log);
      } else if (ReportService.isEnabled(settings)) {
        logger.warn("no DMARC reports are made: that is done where the milter runs");
      }
      if (wanted.contains("lookup")) {
        running.openLookup(log);
      }
      if (wanted.contains("policy")) {
        running.openPolicy(log);
      }
      if (wanted.contains("auth")) {
        running.openAuth(log);
      }
      if (wanted.contains("milter")) {
        running.openMilter(log);
      }
      if (wanted.contains("http")) {
        running.openHttp();
      }
    } catch (IOException | RuntimeException e) {
      running.close();
      throw e;
    }
    running.warnOfSocket();
    configuration.keys().warnings().forEach(logger::warn);
    running.directory.ifPresent(DirectoryService::start);
    running.reports.ifPresent(ReportService::start);
    Thread.ofPlatform().daemon().name("crypto").start(running::loadCrypto);
    return running;
  }

  private void warnOfSocket() {
    handedOver
        .path()
        .ifPresent(
            path -> logger.warn("no service listens at {}, the socket that was handed over", path));
  }

  private void openDirectory() {
    DirectoryService service =
        new DirectoryService(
            configuration,
            health.component("database"),
            new DirectoryService.Listeners(
                storedKeys::replace,
                storedArchives::replace,
                storedExceptions::replace,
                rows -> {
                  storedLimits.replace(rows);
                  policy.ifPresent(PolicyDaemon::limitsWereRead);
                },
                rows -> policy.ifPresent(daemon -> daemon.suspended(rows)),
                rows -> auth.ifPresent(daemon -> daemon.blocked(rows))));
    DirectoryMetrics.register(metrics, service.cache());
    directory = Optional.of(service);
  }

  private void openReports(TransactionLog log) throws IOException {
    reports =
        Optional.of(
            ReportService.open(
                configuration,
                new ReportService.Shared(
                    directory.orElseThrow().ledger(), log, metrics, health.component("reports"))));
  }

  private void openLookup(TransactionLog log) throws IOException {
    lookup =
        Optional.of(
            LookupDaemon.open(
                new LookupDaemon.Shared(server, log, metrics, dnsMetrics),
                configuration,
                directory.orElseThrow().directory()));
  }

  private void openPolicy(TransactionLog log) throws IOException {
    policy =
        Optional.of(
            PolicyDaemon.open(
                new PolicyDaemon.Shared(server, log, metrics, dnsMetrics, directory, storedLimits),
                configuration));
  }

  private void openAuth(TransactionLog log) throws IOException {
    auth =
        Optional.of(
            AuthDaemon.open(
                new AuthDaemon.Shared(
                    server,
                    log,
                    metrics,
                    directory.orElseThrow(),
                    configuration.milter().filter().verifying().authservId()),
                configuration));
  }

  private void openMilter(TransactionLog log) throws IOException {
    MilterService service =
        new MilterService(
            state(configuration),
            log,
            metrics,
            new MilterService.Clocks(InstantSource.system(), System::nanoTime));
    Settings settings = configuration.settings();
    Service listening =
        server.open(
            "milter",
            settings.get(MilterConfig.LISTEN),
            ConnectionLimits.evicting(settings.get(MilterConfig.MAX_CONNECTIONS)),
            service);
    milter = Optional.of(new Milter(service, listening));
  }

  /** With a new resolver: /etc/resolv.conf may be another one, and what was known soon is again. */
  private MilterService.State state(Configuration from) {
    return new MilterService.State(
        from.milter(),
        new AllKeys(from.keys().table(), directory.map(_ -> storedKeys)),
        directory.isPresent() ? storedExceptions : Exceptions.NONE,
        new Archiving(
            new AllArchives(from.archive().table(), directory.map(_ -> storedArchives)),
            from.archive().key().orElse(ownArchiveKey)),
        crypto::join,
        Dns.resolver(from, dnsMetrics),
        evaluations());
  }

  private Evaluations evaluations() {
    Evaluations reported = reports.map(ReportService::evaluations).orElse(Evaluations.NONE);
    return policy.map(daemon -> daemon.refunding(reported)).orElse(reported);
  }

  private void openHttp() throws IOException {
    http =
        Optional.of(
            HttpRoutes.open(
                configuration, metrics, health, auth.map(AuthDaemon::routes).orElseGet(List::of)));
  }

  private void loadCrypto() {
    try {
      CryptoProvider provider = Crypto.load(configuration);
      provider.fallbackReason().ifPresent(reason -> logger.warn("{}", reason));
      logger.info("signatures are computed by {}", provider.name());
      metrics
          .gauge("dovetail_crypto_provider", "Who computes signatures.", "provider")
          .labelValues(provider.name())
          .set(1);
      cryptoHealth.up(provider.name());
      crypto.complete(provider);
    } catch (RuntimeException e) {
      // Whoever waits for it fails too, and answers as the settings say.
      cryptoHealth.down(String.valueOf(e.getMessage()));
      logger.error("no provider of signatures", e);
      crypto.completeExceptionally(e);
    }
  }

  /**
   * Uses another configuration, all of it or nothing.
   *
   * @throws IOException naming the address that could not be bound, or the folder that has lost its
   *     keys; nothing has changed then
   */
  void reload(Configuration other) throws IOException {
    refuseLossOfKeys(other);
    List<ListenChange> changes = new ArrayList<>();
    List<Runnable> commits = new ArrayList<>();
    try {
      if (milter.isPresent()) {
        changes.add(milter.get().listening().prepare(other.settings().get(MilterConfig.LISTEN)));
      }
      if (lookup.isPresent()) {
        LookupDaemon.Change change = lookup.get().prepare(other);
        changes.add(change.listeners());
        commits.add(change.commit());
      }
      if (policy.isPresent()) {
        PolicyDaemon.Change change = policy.get().prepare(other);
        changes.add(change.listeners());
        commits.add(change.commit());
      }
      if (auth.isPresent()) {
        AuthDaemon.Change change = auth.get().prepare(other);
        changes.addAll(change.listeners());
        commits.add(change.commit());
      }
      if (http.isPresent()) {
        changes.add(http.get().prepare(other.settings().get(ServerConfig.HTTP_LISTEN)));
        commits.add(() -> http.ifPresent(running -> running.demand(other.token())));
      }
      if (ReportService.isEnabled(other.settings())) {
        reports.ifPresent(running -> commits.add(running.prepare(other)));
      }
      milter.ifPresent(running -> running.service().reload(state(other)));
      commits.forEach(Runnable::run);
      changes.forEach(ListenChange::commit);
    } finally {
      changes.forEach(ListenChange::close);
    }
    FixedKeys.warn(configuration.settings(), other.settings());
    other.keys().warnings().forEach(logger::warn);
    configuration = other;
  }

  /** A folder without a single key was not mounted or was moved; mail would go out unsigned. */
  private void refuseLossOfKeys(Configuration other) throws IOException {
    if (milter.isPresent() && other.hasNoKeys() && !configuration.hasNoKeys()) {
      throw new IOException(
          "there is no key left in "
              + other.settings().get(MilterConfig.KEYS)
              + ", so no mail would be signed; if that is meant, restart");
    }
  }

  /** All that is counted. */
  Metrics metrics() {
    return metrics;
  }

  /** One line on what runs. */
  String status() {
    String listening =
        milter
            .map(running -> String.join(", ", running.listening().printableAddresses()))
            .map(addresses -> "milter on " + addresses + ", ")
            .orElse("");
    String tables =
        lookup
            .map(running -> "lookup on " + String.join(", ", running.addresses()) + ", ")
            .orElse("");
    String policies =
        policy
            .map(running -> "policy on " + String.join(", ", running.addresses()) + ", ")
            .orElse("");
    String logins =
        auth.map(running -> "auth on " + String.join(", ", running.addresses()) + ", ").orElse("");
    int domains = configuration.keys().keys().size();
    return listening
        + tables
        + policies
        + logins
        + "keys of "
        + domains
        + (domains == 1 ? " domain" : " domains")
        + ", DNS of "
        + dnsServers();
  }

  private String dnsServers() {
    List<InetSocketAddress> servers = configuration.settings().get(DnsConfig.SERVERS);
    return servers.isEmpty()
        ? "/etc/resolv.conf"
        : servers.stream()
            .map(server -> server.getAddress().getHostAddress() + ":" + server.getPort())
            .collect(Collectors.joining(", "));
  }

  /** Lets messages under way end; returns how many were cut off. */
  int shutdown() {
    auth.ifPresent(AuthDaemon::stop); // or the grace time would be spent on wrong passwords
    int cut = server.shutdown(configuration.settings().get(ServerConfig.SHUTDOWN_GRACE));
    http.ifPresent(HttpService::close);
    http = Optional.empty();
    lookup.ifPresent(LookupDaemon::close);
    policy.ifPresent(PolicyDaemon::close);
    auth.ifPresent(AuthDaemon::close);
    reports.ifPresent(ReportService::close);
    reports = Optional.empty();
    directory.ifPresent(DirectoryService::close);
    directory = Optional.empty();
    return cut;
  }

  @Override
  public void close() {
    auth.ifPresent(AuthDaemon::stop);
    server.close();
    http.ifPresent(HttpService::close);
    lookup.ifPresent(LookupDaemon::close);
    policy.ifPresent(PolicyDaemon::close);
    auth.ifPresent(AuthDaemon::close);
    reports.ifPresent(ReportService::close);
    directory.ifPresent(DirectoryService::close);
  }
}
