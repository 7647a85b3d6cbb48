package dovetail.serve;

import dovetail.config.Settings;
import dovetail.directory.Directory;
import dovetail.lookup.LookupConfig;
import dovetail.lookup.LookupService;
import dovetail.lookup.LookupSettings;
import dovetail.lookup.map.MapRegistry;
import dovetail.observe.Metrics;
import dovetail.observe.TransactionLog;
import dovetail.server.ConnectionLimits;
import dovetail.server.ListenChange;
import dovetail.server.Server;
import dovetail.server.Service;
import java.io.IOException;
import java.util.List;

/** The lookup tables: what serves, and where. */
final class LookupDaemon {
  private final LookupService service;
  private final Service listening;
  private final MapRegistry maps;

  private LookupDaemon(LookupService service, Service listening, MapRegistry maps) {
    this.service = service;
    this.listening = listening;
    this.maps = maps;
  }

  static LookupDaemon open(
      Server server,
      Configuration configuration,
      Directory directory,
      TransactionLog log,
      Metrics metrics)
      throws IOException {
    MapRegistry maps = MapRegistry.of(directory);
    Settings settings = configuration.settings();
    LookupService service =
        new LookupService(
            new LookupService.State(LookupSettings.of(settings), maps),
            log,
            metrics,
            System::nanoTime);
    Service listening =
        server.open(
            "lookup",
            settings.get(LookupConfig.LISTEN),
            ConnectionLimits.evicting(settings.get(LookupConfig.MAX_CONNECTIONS)),
            service);
    return new LookupDaemon(service, listening, maps);
  }

  ListenChange prepare(Configuration other) throws IOException {
    return listening.prepare(other.settings().get(LookupConfig.LISTEN));
  }

  void reload(Configuration other) {
    service.reload(new LookupService.State(LookupSettings.of(other.settings()), maps));
  }

  List<String> addresses() {
    return listening.printableAddresses();
  }
}
