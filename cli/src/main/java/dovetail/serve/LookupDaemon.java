package dovetail.serve;

import dovetail.config.Settings;
import dovetail.directory.Directory;
import dovetail.lookup.LookupConfig;
import dovetail.lookup.LookupService;
import dovetail.lookup.LookupSettings;
import dovetail.lookup.map.MapRegistry;
import dovetail.lookup.map.SrsMaps;
import dovetail.observe.Metrics;
import dovetail.observe.TransactionLog;
import dovetail.server.ConnectionLimits;
import dovetail.server.ListenChange;
import dovetail.server.Server;
import dovetail.server.Service;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;

/** The lookup tables: what serves, and where. */
final class LookupDaemon {
  private final LookupService service;
  private final Service listening;
  private final Directory directory;

  private LookupDaemon(LookupService service, Service listening, Directory directory) {
    this.service = service;
    this.listening = listening;
    this.directory = directory;
  }

  static LookupDaemon open(
      Server server,
      Configuration configuration,
      Directory directory,
      TransactionLog log,
      Metrics metrics)
      throws IOException {
    Settings settings = configuration.settings();
    LookupService service =
        new LookupService(state(configuration, directory), log, metrics, System::nanoTime);
    Service listening =
        server.open(
            "lookup",
            settings.get(LookupConfig.LISTEN),
            ConnectionLimits.evicting(settings.get(LookupConfig.MAX_CONNECTIONS)),
            service);
    return new LookupDaemon(service, listening, directory);
  }

  private static LookupService.State state(Configuration configuration, Directory directory) {
    MapRegistry maps = MapRegistry.of(directory);
    return new LookupService.State(
        LookupSettings.of(configuration.settings()),
        configuration
            .srs()
            .map(srs ->
                SrsMaps.add(
                    maps,
                    directory,
                    srs.settings(),
                    Set.copyOf(srs.local()),
                    InstantSource.system()))
            .orElseGet(() -> SrsMaps.addRefusing(maps)));
  }

  ListenChange prepare(Configuration other) throws IOException {
    return listening.prepare(other.settings().get(LookupConfig.LISTEN));
  }

  void reload(Configuration other) {
    service.reload(state(other, directory));
  }

  List<String> addresses() {
    return listening.printableAddresses();
  }
}
