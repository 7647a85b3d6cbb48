package dovetail.serve;

import dovetail.config.Settings;
import dovetail.directory.Directory;
import dovetail.dns.DnsObserver;
import dovetail.lookup.LookupConfig;
import dovetail.lookup.LookupService;
import dovetail.lookup.LookupSettings;
import dovetail.lookup.MtaStsConfig;
import dovetail.lookup.MtaStsLog;
import dovetail.lookup.map.MapRegistry;
import dovetail.lookup.map.SrsMaps;
import dovetail.lookup.mtasts.MtaSts;
import dovetail.lookup.mtasts.MtaStsSettings;
import dovetail.observe.Metrics;
import dovetail.observe.TransactionLog;
import dovetail.server.ConnectionLimits;
import dovetail.server.ListenChange;
import dovetail.server.Server;
import dovetail.server.Service;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The lookup tables: what serves, and where. */
final class LookupDaemon implements AutoCloseable {
  private final LookupService service;
  private final Service listening;
  private final Tables tables;

  /** What all services share. */
  record Shared(Server server, TransactionLog log, Metrics metrics, DnsObserver dns) {}

  /** Another configuration that can be used. */
  record Change(ListenChange listeners, Runnable commit) {}

  private LookupDaemon(LookupService service, Service listening, Tables tables) {
    this.service = service;
    this.listening = listening;
    this.tables = tables;
  }

  /** The maps, of the rows and of the policies of others, which outlive all configurations. */
  private static final class Tables {
    private final Directory directory;
    private final DnsObserver dns;
    private final MtaStsLog log;
    private Optional<MtaSts> policies = Optional.empty();

    Tables(Directory directory, Shared shared) {
      this.directory = directory;
      this.dns = shared.dns();
      this.log = new MtaStsLog(shared.metrics(), System::nanoTime);
      GaugeWithCallback.builder()
          .name("dovetail_mta_sts_policies")
          .help("Policies of MTA-STS that are kept.")
          .callback(callback -> callback.call((double) size()))
          .register(shared.metrics().registry());
    }

    private synchronized long size() {
      return policies.map(MtaSts::size).orElse(0L);
    }

    /** The maps that need nobody else. */
    private MapRegistry own(Configuration configuration) {
      MapRegistry plain = MapRegistry.of(directory);
      MapRegistry rows =
          configuration
              .settings()
              .get(LookupConfig.BULK_TRANSPORT)
              .map(transport -> plain.withBulkTransport(directory, transport))
              .orElse(plain);
      return configuration
          .srs()
          .map(srs ->
              SrsMaps.add(
                  rows, directory, srs.settings(), Set.copyOf(srs.local()), InstantSource.system()))
          .orElseGet(() -> SrsMaps.addRefusing(rows));
    }

    /** Makes ready to serve by that configuration. */
    synchronized Prepared prepare(Configuration configuration) throws IOException {
      Settings settings = configuration.settings();
      LookupSettings answers = LookupSettings.of(settings);
      MapRegistry own = own(configuration);
      Optional<MtaStsSettings> wanted = MtaStsConfig.settings(settings);
      if (wanted.isEmpty()) {
        return new Prepared(new LookupService.State(answers, own), () -> {}, this::close);
      }
      if (policies.isPresent()) {
        MtaSts.Change change =
            policies.get().prepare(wanted.get(), Dns.resolver(configuration, dns));
        MapRegistry maps = own.withMtaSts(policies.get());
        return new Prepared(new LookupService.State(answers, maps), change::commit, () -> {});
      }
      MtaSts opened =
          MtaSts.open(
              wanted.get(),
              Dns.resolver(configuration, dns),
              MtaStsConfig.keeping(settings),
              new MtaSts.Clocks(InstantSource.system(), System::nanoTime),
              log);
      MapRegistry maps = own.withMtaSts(opened);
      return new Prepared(new LookupService.State(answers, maps), () -> begin(opened), () -> {});
    }

    private synchronized void begin(MtaSts opened) {
      opened.start();
      policies = Optional.of(opened);
    }

    /** Nothing is fetched any more; what is held stays in its folder. */
    synchronized void close() {
      policies.ifPresent(MtaSts::close);
      policies = Optional.empty();
    }
  }

  /** What is served next, what is to be done before that, and what when it is served. */
  private record Prepared(LookupService.State state, Runnable before, Runnable after) {}

  static LookupDaemon open(Shared shared, Configuration configuration, Directory directory)
      throws IOException {
    Tables tables = new Tables(directory, shared);
    Settings settings = configuration.settings();
    Prepared first = tables.prepare(configuration);
    LookupService service =
        new LookupService(first.state(), shared.log(), shared.metrics(), System::nanoTime);
    first.before().run();
    Service listening =
        shared
            .server()
            .open(
                "lookup",
                settings.get(LookupConfig.LISTEN),
                ConnectionLimits.evicting(settings.get(LookupConfig.MAX_CONNECTIONS)),
                service);
    return new LookupDaemon(service, listening, tables);
  }

  Change prepare(Configuration other) throws IOException {
    Prepared next = tables.prepare(other);
    return new Change(
        listening.prepare(other.settings().get(LookupConfig.LISTEN)),
        () -> {
          next.before().run();
          service.reload(next.state());
          next.after().run();
        });
  }

  List<String> addresses() {
    return listening.printableAddresses();
  }

  @Override
  public void close() {
    tables.close();
  }
}
